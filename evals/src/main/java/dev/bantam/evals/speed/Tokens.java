package dev.bantam.evals.speed;

import java.util.SplittableRandom;

/** Tokens that every engine gets alike: random, but no control tokens. */
final class Tokens {
    private Tokens() {}

    static int[] random(int count, int vocabulary, long seed) {
        return new SplittableRandom(seed).ints(count, 0, vocabulary - 3).toArray();
    }

    /** The likeliest token: what a caller at least does with logits. */
    static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        if (!Float.isFinite(logits[best])) {
            throw new IllegalStateException("logits are not finite");
        }
        return best;
    }
}
