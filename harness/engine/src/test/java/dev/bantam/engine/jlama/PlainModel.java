package dev.bantam.engine.jlama;

import java.util.stream.IntStream;

/** Llama, Qwen 2 and Mixtral written down as their equations are, in doubles: slow, and without a cache. */
final class PlainModel {
    private final TinyFolder folder;
    private final java.util.function.DoubleUnaryOperator scaled;

    /** @param scaled what becomes of a rotary frequency */
    PlainModel(TinyFolder folder, java.util.function.DoubleUnaryOperator scaled) {
        this.folder = folder;
        this.scaled = scaled;
    }

    PlainModel(TinyFolder folder) {
        this(folder, frequency -> frequency);
    }

    /** The logits after each token: (tokens, vocabulary). */
    double[][] logits(int[] tokens) {
        double[][] x = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            x[t] = row("model.embed_tokens.weight", tokens[t]);
        }
        for (int layer = 0; layer < TinyFolder.LAYERS; layer++) {
            String base = "model.layers." + layer + ".";
            double[][] attended = attention(base + "self_attn.", normalized(x, base + "input_layernorm.weight"));
            add(x, attended);
            double[][] normed = normalized(x, base + "post_attention_layernorm.weight");
            for (int t = 0; t < x.length; t++) {
                double[] out = folder.experts == 0
                        ? feedForward(base + "mlp.", "gate_proj", "up_proj", "down_proj", normed[t])
                        : mixture(base + "block_sparse_moe.", normed[t]);
                add(x[t], out, 1);
            }
        }
        double[][] normed = normalized(x, "model.norm.weight");
        double[][] logits = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            logits[t] = product("lm_head", normed[t]);
        }
        return logits;
    }

    private double[][] attention(String base, double[][] x) {
        int size = TinyFolder.HEAD_SIZE;
        double[][] queries = new double[x.length][];
        double[][] keys = new double[x.length][];
        double[][] values = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            queries[t] = rotated(product(base + "q_proj", x[t]), t);
            keys[t] = rotated(product(base + "k_proj", x[t]), t);
            values[t] = product(base + "v_proj", x[t]);
        }
        double[][] out = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] joined = new double[folder.heads * size];
            for (int head = 0; head < folder.heads; head++) {
                int q = head * size;
                int k = head / (folder.heads / folder.kvHeads) * size;
                double[] scores = new double[t + 1];
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < size; i++) {
                        scores[s] += queries[t][q + i] * keys[s][k + i] / Math.sqrt(size);
                    }
                }
                double[] weights = softmax(scores);
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < size; i++) {
                        joined[q + i] += weights[s] * values[s][k + i];
                    }
                }
            }
            out[t] = product(base + "o_proj", joined);
        }
        return out;
    }

    private double[] rotated(double[] x, int position) {
        int size = TinyFolder.HEAD_SIZE;
        double[] out = x.clone();
        for (int head = 0; head < x.length; head += size) {
            for (int i = 0; i < size / 2; i++) {
                double angle = position * scaled.applyAsDouble(Math.pow(10000, -2.0 * i / size));
                double a = x[head + i];
                double b = x[head + i + size / 2];
                out[head + i] = a * Math.cos(angle) - b * Math.sin(angle);
                out[head + i + size / 2] = a * Math.sin(angle) + b * Math.cos(angle);
            }
        }
        return out;
    }

    private double[] mixture(String base, double[] x) {
        double[] probabilities = softmax(product(base + "gate", x));
        int[] best = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]))
                .limit(2)
                .mapToInt(Integer::intValue)
                .toArray();
        double sum = probabilities[best[0]] + probabilities[best[1]];
        double[] out = new double[x.length];
        for (int expert : best) {
            double[] result = feedForward(base + "experts." + expert + ".", "w1", "w3", "w2", x);
            add(out, result, probabilities[expert] / sum);
        }
        return out;
    }

    private double[] feedForward(String base, String gate, String up, String down, double[] x) {
        double[] a = product(base + gate, x);
        double[] b = product(base + up, x);
        for (int i = 0; i < a.length; i++) {
            a[i] = a[i] / (1 + Math.exp(-a[i])) * b[i];
        }
        return product(base + down, a);
    }

    private double[][] normalized(double[][] x, String name) {
        float[] weights = folder.weights.get(name);
        double[][] out = new double[x.length][weights.length];
        for (int t = 0; t < x.length; t++) {
            double squares = 0;
            for (double value : x[t]) {
                squares += value * value;
            }
            double scale = 1 / Math.sqrt(squares / weights.length + 1e-5);
            for (int i = 0; i < weights.length; i++) {
                out[t][i] = x[t][i] * scale * weights[i];
            }
        }
        return out;
    }

    private double[] product(String name, double[] x) {
        float[] weights = folder.weights.get(name + ".weight");
        float[] bias = folder.weights.get(name + ".bias");
        double[] out = new double[weights.length / x.length];
        for (int row = 0; row < out.length; row++) {
            double sum = bias == null ? 0 : bias[row];
            for (int i = 0; i < x.length; i++) {
                sum += weights[row * x.length + i] * x[i];
            }
            out[row] = sum;
        }
        return out;
    }

    private double[] row(String name, int row) {
        double[] out = new double[folder.embedding];
        for (int i = 0; i < out.length; i++) {
            out[i] = folder.weights.get(name)[row * out.length + i];
        }
        return out;
    }

    private static double[] softmax(double[] x) {
        double max = java.util.Arrays.stream(x).max().orElseThrow();
        double sum = 0;
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = Math.exp(x[i] - max);
            sum += out[i];
        }
        for (int i = 0; i < x.length; i++) {
            out[i] /= sum;
        }
        return out;
    }

    private static void add(double[][] x, double[][] more) {
        for (int t = 0; t < x.length; t++) {
            add(x[t], more[t], 1);
        }
    }

    private static void add(double[] x, double[] more, double weight) {
        for (int i = 0; i < x.length; i++) {
            x[i] += weight * more[i];
        }
    }
}
