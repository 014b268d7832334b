package dev.bantam.engine.arch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Qwen3-Next in doubles, token by token and without any shared code, from the equations of
 * <a href="https://arxiv.org/abs/2412.06464">Gated Delta Networks</a> and of the model's own description.
 */
final class Qwen3NextReference {
    private final Sizes s;
    private final Map<String, float[]> weights;

    record Sizes(
            int layers,
            int interval,
            int vocabulary,
            int width,
            int heads,
            int kvHeads,
            int headWidth,
            int rotated,
            double ropeBase,
            int stateSize,
            int keyHeads,
            int valueHeads,
            int taps,
            int experts,
            int expertsUsed,
            int expertWidth,
            int sharedWidth,
            double eps) {
        /** A state of 40 rows is no whole number of vectors on most machines. */
        static final Sizes SMALL = new Sizes(5, 3, 32, 24, 4, 2, 16, 8, 1e6, 40, 2, 6, 4, 6, 2, 8, 12, (float) 1e-6);

        boolean attends(int l) {
            return (l + 1) % interval == 0;
        }

        int channels() {
            return (2 * keyHeads + valueHeads) * stateSize;
        }
    }

    Qwen3NextReference(Sizes sizes, Map<String, float[]> weights) {
        this.s = sizes;
        this.weights = weights;
    }

    /** The logits after each token. */
    double[][] logits(int[] tokens) {
        double[][] x = new double[tokens.length][s.width()];
        for (int t = 0; t < tokens.length; t++) {
            for (int i = 0; i < s.width(); i++) {
                x[t][i] = weights.get("token_embd.weight")[tokens[t] * s.width() + i];
            }
        }
        for (int l = 0; l < s.layers(); l++) {
            String w = "blk." + l + ".";
            double[][] h = rms(x, w + "attn_norm.weight");
            add(x, s.attends(l) ? attention(w, h) : deltaNet(w, h));
            h = rms(x, w + "post_attention_norm.weight");
            for (int t = 0; t < tokens.length; t++) {
                add(x[t], experts(w, h[t]));
            }
        }
        double[][] normed = rms(x, "output_norm.weight");
        double[][] logits = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            logits[t] = times("output.weight", 0, s.vocabulary(), normed[t]);
        }
        return logits;
    }

    private double[][] attention(String w, double[][] h) {
        int n = h.length;
        int d = s.headWidth();
        double[][][] keys = new double[n][s.kvHeads()][];
        double[][][] values = new double[n][s.kvHeads()][];
        double[][] out = new double[n][];
        for (int t = 0; t < n; t++) {
            double[] k = times(w + "attn_k.weight", 0, s.kvHeads() * d, h[t]);
            double[] v = times(w + "attn_v.weight", 0, s.kvHeads() * d, h[t]);
            for (int head = 0; head < s.kvHeads(); head++) {
                keys[t][head] = rotated(rms(part(k, head * d, d), w + "attn_k_norm.weight"), t);
                values[t][head] = part(v, head * d, d);
            }
            double[] q = times(w + "attn_q.weight", 0, 2 * s.heads() * d, h[t]);
            double[] mixed = new double[s.heads() * d];
            for (int head = 0; head < s.heads(); head++) {
                double[] query = rotated(rms(part(q, 2 * head * d, d), w + "attn_q_norm.weight"), t);
                int kv = head / (s.heads() / s.kvHeads());
                double[] p = new double[t + 1];
                for (int past = 0; past <= t; past++) {
                    p[past] = Math.exp(dot(query, keys[past][kv]) / Math.sqrt(d));
                }
                double sum = sum(p);
                for (int i = 0; i < d; i++) {
                    for (int past = 0; past <= t; past++) {
                        mixed[head * d + i] += p[past] / sum * values[past][kv][i];
                    }
                    mixed[head * d + i] *= sigmoid(q[(2 * head + 1) * d + i]);
                }
            }
            out[t] = times(w + "attn_output.weight", 0, s.width(), mixed);
        }
        return out;
    }

    private double[][] deltaNet(String w, double[][] h) {
        int size = s.stateSize();
        int group = s.valueHeads() / s.keyHeads();
        double[][] inputs = new double[h.length][];
        double[][][] memory = new double[s.valueHeads()][size][size]; // (head, v, k)
        double[][] out = new double[h.length][];
        for (int t = 0; t < h.length; t++) {
            inputs[t] = times(w + "attn_qkv.weight", 0, s.channels(), h[t]);
            double[] convolved = convolved(w, inputs, t);
            double[] z = times(w + "attn_gate.weight", 0, s.valueHeads() * size, h[t]);
            double[] betaAlpha = times(w + "ssm_ba.weight", 0, 2 * s.valueHeads(), h[t]);
            double[] gated = new double[s.valueHeads() * size];
            for (int head = 0; head < s.valueHeads(); head++) {
                int key = head / group;
                double[] q = unit(part(convolved, key * size, size));
                double[] k = unit(part(convolved, (s.keyHeads() + key) * size, size));
                double[] v = part(convolved, (2 * s.keyHeads() + head) * size, size);
                double beta = sigmoid(betaAlpha[key * 2 * group + head % group]);
                double rate = betaAlpha[key * 2 * group + group + head % group] + weights.get(w + "ssm_dt.bias")[head];
                double decay = Math.exp(weights.get(w + "ssm_a")[head] * Math.log(1 + Math.exp(rate)));
                double[] o = new double[size];
                for (int i = 0; i < size; i++) {
                    double[] row = memory[head][i];
                    for (int j = 0; j < size; j++) {
                        row[j] *= decay;
                    }
                    double change = beta * (v[i] - dot(row, k));
                    for (int j = 0; j < size; j++) {
                        row[j] += change * k[j];
                    }
                    o[i] = dot(row, q) / Math.sqrt(size);
                }
                double[] normed = rms(o, w + "ssm_norm.weight");
                for (int i = 0; i < size; i++) {
                    gated[head * size + i] = normed[i] * silu(z[head * size + i]);
                }
            }
            out[t] = times(w + "ssm_out.weight", 0, s.width(), gated);
        }
        return out;
    }

    private double[] convolved(String w, double[][] inputs, int t) {
        double[] y = new double[s.channels()];
        for (int c = 0; c < y.length; c++) {
            for (int j = 0; j < s.taps(); j++) {
                int from = t - (s.taps() - 1) + j;
                y[c] += from < 0 ? 0 : weights.get(w + "ssm_conv1d.weight")[c * s.taps() + j] * inputs[from][c];
            }
            y[c] = silu(y[c]);
        }
        return y;
    }

    private double[] experts(String w, double[] h) {
        double[] p = times(w + "ffn_gate_inp.weight", 0, s.experts(), h);
        List<Integer> chosen =
                new ArrayList<>(IntStream.range(0, s.experts()).boxed().toList());
        chosen.sort(Comparator.comparingDouble(e -> -p[e]));
        chosen = chosen.subList(0, s.expertsUsed());
        double sum = chosen.stream().mapToDouble(e -> Math.exp(p[e])).sum();
        double[] y = new double[s.width()];
        for (int e : chosen) {
            double[] gate = times(w + "ffn_gate_exps.weight", e * s.expertWidth(), s.expertWidth(), h);
            double[] up = times(w + "ffn_up_exps.weight", e * s.expertWidth(), s.expertWidth(), h);
            double[] down = times(w + "ffn_down_exps.weight", e * s.width(), s.width(), gated(gate, up));
            addScaled(y, Math.exp(p[e]) / sum, down);
        }
        double[] gate = times(w + "ffn_gate_shexp.weight", 0, s.sharedWidth(), h);
        double[] up = times(w + "ffn_up_shexp.weight", 0, s.sharedWidth(), h);
        double weight = sigmoid(times(w + "ffn_gate_inp_shexp.weight", 0, 1, h)[0]);
        addScaled(y, weight, times(w + "ffn_down_shexp.weight", 0, s.width(), gated(gate, up)));
        return y;
    }

    private static double[] gated(double[] gate, double[] up) {
        return IntStream.range(0, gate.length)
                .mapToDouble(i -> silu(gate[i]) * up[i])
                .toArray();
    }

    /** The first elements turn, i with i + rotated / 2. */
    private double[] rotated(double[] head, int position) {
        double[] turned = head.clone();
        int half = s.rotated() / 2;
        for (int i = 0; i < half; i++) {
            double angle = position * Math.pow(s.ropeBase(), -2.0 * i / s.rotated());
            turned[i] = head[i] * Math.cos(angle) - head[i + half] * Math.sin(angle);
            turned[i + half] = head[i] * Math.sin(angle) + head[i + half] * Math.cos(angle);
        }
        return turned;
    }

    /** {@code rows} rows of a matrix, from {@code first} on, times x. */
    private double[] times(String name, int first, int rows, double[] x) {
        float[] w = weights.get(name);
        double[] y = new double[rows];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < x.length; i++) {
                y[r] += (double) w[(first + r) * x.length + i] * x[i];
            }
        }
        return y;
    }

    private double[][] rms(double[][] x, String name) {
        double[][] normed = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            normed[t] = rms(x[t], name);
        }
        return normed;
    }

    private double[] rms(double[] x, String name) {
        double scale = 1 / Math.sqrt(dot(x, x) / x.length + s.eps());
        return IntStream.range(0, x.length)
                .mapToDouble(i -> x[i] * scale * weights.get(name)[i])
                .toArray();
    }

    private static double[] unit(double[] x) {
        double norm = Math.sqrt(dot(x, x));
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] / norm).toArray();
    }

    private static double[] part(double[] x, int from, int count) {
        return Arrays.copyOfRange(x, from, from + count);
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double sum(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i]).sum();
    }

    private static void add(double[][] x, double[][] y) {
        for (int t = 0; t < x.length; t++) {
            add(x[t], y[t]);
        }
    }

    private static void add(double[] x, double[] y) {
        addScaled(x, 1, y);
    }

    private static void addScaled(double[] x, double by, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += by * y[i];
        }
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static double silu(double z) {
        return z * sigmoid(z);
    }
}
