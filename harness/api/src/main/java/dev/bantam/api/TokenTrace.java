package dev.bantam.api;

import java.util.Arrays;

/**
 * The exact tokens of one reply, as sampled.
 *
 * @param model which model's vocabulary the ids belong to (a digest); a trace of another model is ignored
 * @param ids the token ids in order, the end token included where the model ended the turn itself
 * @param logProbabilities natural logarithm of each token's probability; as long as {@code ids}, or empty when unknown
 */
public record TokenTrace(String model, int[] ids, float[] logProbabilities) {
    public TokenTrace {
        ids = ids.clone();
        logProbabilities = logProbabilities.clone();
        if (logProbabilities.length != 0 && logProbabilities.length != ids.length) {
            throw new IllegalArgumentException(
                    "expected " + ids.length + " log-probabilities or none, got " + logProbabilities.length);
        }
    }

    @Override
    public int[] ids() {
        return ids.clone();
    }

    @Override
    public float[] logProbabilities() {
        return logProbabilities.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenTrace trace
                && model.equals(trace.model)
                && Arrays.equals(ids, trace.ids)
                && Arrays.equals(logProbabilities, trace.logProbabilities);
    }

    @Override
    public int hashCode() {
        return 31 * model.hashCode() + Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "TokenTrace[" + ids.length + " tokens of " + model + "]";
    }
}
