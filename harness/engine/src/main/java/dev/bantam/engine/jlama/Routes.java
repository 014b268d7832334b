package dev.bantam.engine.jlama;

import java.util.Arrays;

/** Which experts a batch's tokens go to, and with what weight: the softmax over the scores of those chosen. */
final class Routes {
    private final int used;
    private final float[][] weights; // (tokens, experts); 0 where not chosen
    private final boolean[][] chosen; // (experts, tokens)

    Routes(int tokens, int experts, int used) {
        this.used = used;
        this.weights = new float[tokens][experts];
        this.chosen = new boolean[experts][tokens];
    }

    /** Takes the experts of the highest scores; of equal ones the first. */
    void choose(int token, float[] scores) {
        int[] best = new int[used];
        boolean[] taken = new boolean[scores.length];
        double sum = 0;
        for (int i = 0; i < used; i++) {
            int top = -1;
            for (int expert = 0; expert < scores.length; expert++) {
                if (!taken[expert] && (top < 0 || scores[expert] > scores[top])) {
                    top = expert;
                }
            }
            taken[top] = true;
            best[i] = top;
            sum += Math.exp(scores[top] - scores[best[0]]);
        }
        for (int expert : best) {
            weights[token][expert] = (float) (Math.exp(scores[expert] - scores[best[0]]) / sum);
            chosen[expert][token] = true;
        }
    }

    int[] tokensOf(int expert) {
        int[] tokens = new int[chosen[expert].length];
        int count = 0;
        for (int token = 0; token < tokens.length; token++) {
            if (chosen[expert][token]) {
                tokens[count++] = token;
            }
        }
        return Arrays.copyOf(tokens, count);
    }

    float weight(int token, int expert) {
        return weights[token][expert];
    }
}
