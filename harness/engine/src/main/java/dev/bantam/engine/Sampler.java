package dev.bantam.engine;

import dev.bantam.engine.kernel.Spread;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Chooses tokens from logits. Deterministic: the same settings and the same calls give the same tokens. A logit of
 * negative infinity is never chosen, which is how a mask forbids a token. One thread, one generation.
 */
public final class Sampler {
    /** How many of the latest tokens penalties look at, as in llama.cpp. */
    static final int PENALTY_WINDOW = 64;

    private final SamplerSettings settings;
    private final SplittableRandom random;
    private final Deque<Integer> recent = new ArrayDeque<>();

    /**
     * A chosen token.
     *
     * @param logProbability natural logarithm of its probability by the logits as they were given, before any setting
     * @param entropy of that distribution, in nats: how sure the model is
     */
    public record Choice(int token, float logProbability, float entropy) {}

    public Sampler(SamplerSettings settings) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
    }

    /** Chooses; {@code logits} is left as it is. Tell the sampler with {@link #accept} which token was really taken. */
    public Choice sample(float[] logits) {
        return chosen(logits, penalised(logits));
    }

    /** Chooses among the tokens that are allowed. Log-probability and entropy are those without this mask. */
    public Choice sample(float[] logits, TokenSet allowed) {
        float[] masked = penalised(logits);
        masked = masked == logits ? logits.clone() : masked;
        allowed.mask(masked);
        return chosen(logits, masked);
    }

    private Choice chosen(float[] logits, float[] candidates) {
        int token = settings.temperature() == 0 ? likeliest(candidates) : drawn(candidates);
        if (!(candidates[token] > Float.NEGATIVE_INFINITY) || candidates[token] == Float.POSITIVE_INFINITY) {
            throw new IllegalStateException("no token can be chosen: the best logit is " + candidates[token]);
        }
        Spread spread = Spread.of(logits);
        return new Choice(token, logits[token] - spread.logSumExp(), spread.entropy());
    }

    /** Counts a token for the penalties. */
    public void accept(int token) {
        recent.addLast(token);
        if (recent.size() > PENALTY_WINDOW) {
            recent.removeFirst();
        }
    }

    private float[] penalised(float[] logits) {
        if (settings.repetitionPenalty() == 1 && settings.frequencyPenalty() == 0) {
            return logits;
        }
        float[] penalised = logits.clone();
        for (int token : recent) {
            penalised[token] -= settings.frequencyPenalty();
        }
        float penalty = settings.repetitionPenalty();
        recent.stream().distinct().forEach(token -> {
            float logit = penalised[token];
            penalised[token] = logit > 0 ? logit / penalty : logit * penalty;
        });
        return penalised;
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

    private int drawn(float[] logits) {
        int[] tokens = Candidates.largest(logits, settings.topK() == 0 ? logits.length : settings.topK());
        double[] p = probabilities(logits, tokens, 1);
        int kept = kept(p);
        double[] weights = probabilities(logits, Arrays.copyOf(tokens, kept), settings.temperature());
        double left = random.nextDouble();
        for (int i = 0; i < kept; i++) {
            left -= weights[i];
            if (left < 0) {
                return tokens[i];
            }
        }
        return tokens[0];
    }

    /** How many of the descending probabilities top-p and min-p leave, at least one. */
    private int kept(double[] p) {
        double sum = 0;
        int kept = 0;
        while (kept < p.length && (kept == 0 || sum < settings.topP())) {
            sum += p[kept++];
        }
        while (kept > 1 && p[kept - 1] < settings.minP() * p[0]) {
            kept--;
        }
        return kept;
    }

    private static double[] probabilities(float[] logits, int[] tokens, float temperature) {
        double[] p = new double[tokens.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp((logits[tokens[i]] - (double) logits[tokens[0]]) / temperature);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }
}
