package dev.bantam.model.inspect;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.util.Arrays;

/**
 * What a model computes for given tokens.
 *
 * @param logits of the wanted positions, each (vocabulary)
 * @param greedy the likeliest tokens that follow, one after the other
 */
public record Computed(float[][] logits, int[] greedy) {

    /**
     * Evaluates tokens.
     *
     * @param all whether the logits of every position are wanted, or those of the last alone
     * @param greedy how many tokens to continue with; the end of a reply does not end it
     * @throws IllegalArgumentException when there is no token, an unknown one, or more than the model's context
     */
    public static Computed of(Model model, int[] tokens, boolean all, int greedy)
            throws CacheMemoryException, InterruptedException {
        int context = model.facts().contextTokens();
        if (tokens.length == 0) {
            throw new IllegalArgumentException("there are no tokens to compute with");
        }
        if ((long) tokens.length + greedy > context) {
            throw new IllegalArgumentException("%,d tokens and %,d to follow are more than the model's context of %,d"
                    .formatted(tokens.length, greedy, context));
        }
        try (Sequence sequence = model.newSequence(tokens.length + greedy)) {
            sequence.append(tokens, all ? Rows.ALL : Rows.LAST, Progress.NONE);
            float[][] logits = new float[all ? tokens.length : 1][model.facts().vocabularySize()];
            for (int row = 0; row < logits.length; row++) {
                sequence.logits(row, logits[row]);
            }
            return new Computed(logits, chain(sequence, logits[logits.length - 1], greedy));
        }
    }

    private static int[] chain(Sequence sequence, float[] last, int length) throws InterruptedException {
        float[] logits = last.clone();
        int[] chain = new int[length];
        for (int i = 0; i < length; i++) {
            chain[i] = likeliest(logits);
            if (i + 1 < length) {
                sequence.append(Arrays.copyOfRange(chain, i, i + 1), Rows.LAST, Progress.NONE);
                sequence.logits(0, logits);
            }
        }
        return chain;
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }
}
