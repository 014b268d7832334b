package dev.bantam.engine.jlama;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.nio.file.Path;
import java.util.Random;

/** Tokens in, logits out. */
final class Evaluations {
    private Evaluations() {}

    static Model open(Path folder) throws ModelFileException {
        return Engine.open(folder, EngineOptions.defaults());
    }

    static int[] randomTokens(int count, long seed) {
        return new Random(seed).ints(count, 0, 256).toArray();
    }

    /** The logits of all tokens, evaluated in batches of the given size: (tokens, vocabulary). */
    static float[][] logits(Model model, int[] tokens, int batch) throws CacheMemoryException, InterruptedException {
        try (Sequence sequence = model.newSequence(tokens.length)) {
            float[][] logits = new float[tokens.length][];
            for (int from = 0; from < tokens.length; from += batch) {
                int to = Math.min(tokens.length, from + batch);
                sequence.append(java.util.Arrays.copyOfRange(tokens, from, to), Rows.ALL, Progress.NONE);
                for (int i = from; i < to; i++) {
                    logits[i] = new float[model.facts().vocabularySize()];
                    sequence.logits(i - from, logits[i]);
                }
            }
            return logits;
        }
    }

    static float[] last(Sequence sequence, int vocabulary) {
        float[] logits = new float[vocabulary];
        sequence.logits(0, logits);
        return logits;
    }

    /** Squared differences over squared values: 1e-12 is an error of a millionth. */
    static double error(float[][] found, double[][] expected) {
        double differences = 0;
        double squares = 0;
        for (int t = 0; t < expected.length; t++) {
            for (int i = 0; i < expected[t].length; i++) {
                differences += Math.pow(found[t][i] - expected[t][i], 2);
                squares += Math.pow(expected[t][i], 2);
            }
        }
        return Math.sqrt(differences / squares);
    }
}
