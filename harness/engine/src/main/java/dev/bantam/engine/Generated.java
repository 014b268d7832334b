package dev.bantam.engine;

import java.util.Arrays;

/** The tokens of a generation as they come. */
final class Generated {
    private int[] tokens = new int[256];
    private float[] logProbabilities = new float[256];
    private float[] entropies = new float[256];
    private int count;

    void add(Sampler.Choice choice) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
            logProbabilities = Arrays.copyOf(logProbabilities, 2 * count);
            entropies = Arrays.copyOf(entropies, 2 * count);
        }
        tokens[count] = choice.token();
        logProbabilities[count] = choice.logProbability();
        entropies[count++] = choice.entropy();
    }

    int count() {
        return count;
    }

    int last() {
        return tokens[count - 1];
    }

    Generation.Result result(Generation.Finish finish, Generation.Work work) {
        return new Generation.Result(
                Arrays.copyOf(tokens, count),
                Arrays.copyOf(logProbabilities, count),
                Arrays.copyOf(entropies, count),
                finish,
                work);
    }
}
