package dev.bantam.engine.kernel;

import java.util.Arrays;

/**
 * The mixture of experts of one batch: chooses experts by router probabilities, gathers the tokens of each expert, and
 * runs each expert once for all its tokens. Buffers are reused from layer to layer; one caller at a time.
 */
public final class Experts {
    private final Workers workers;
    private final int experts;
    private final int chosen;
    private final int[] tokensOf; // (experts): how many tokens chose each
    private final int[] slots; // (experts, batch): the slots t · chosen + rank of its tokens
    private final float[] weights; // (batch, chosen)
    private final float[] inner; // (batch, chosen, ff)
    private final float[] outer; // (batch, chosen, width)
    private final int batch;

    /** What an expert makes of a value of its gate and of its up projection. */
    public interface Activation {
        float of(float gate, float up);
    }

    /** What is added to the projections of each expert: (experts, ff), (experts, ff) and (experts, width); or all empty. */
    public record Biases(float[] gate, float[] up, float[] down) {
        static final Biases NONE = new Biases(new float[0], new float[0], new float[0]);
    }

    public Experts(Workers workers, int experts, int chosen, int batch, int ff, int width) {
        this.workers = workers;
        this.experts = experts;
        this.chosen = chosen;
        this.batch = batch;
        tokensOf = new int[experts];
        slots = new int[experts * batch];
        weights = new float[batch * chosen];
        inner = new float[batch * chosen * ff];
        outer = new float[batch * chosen * width];
    }

    /**
     * Takes the {@code chosen} largest of each token's probabilities (n, experts), the first one on ties, and
     * renormalises them to 1. Overwrites {@code p}.
     */
    public void route(float[] p, int n) {
        Arrays.fill(tokensOf, 0);
        for (int t = 0; t < n; t++) {
            float sum = 0;
            for (int rank = 0; rank < chosen; rank++) {
                int best = largest(p, t * experts);
                if (!(p[t * experts + best] >= 0)) {
                    throw new IllegalStateException("the router gave no number; the model's weights are damaged");
                }
                slots[best * batch + tokensOf[best]++] = t * chosen + rank;
                sum += weights[t * chosen + rank] = p[t * experts + best];
                p[t * experts + best] = Float.NEGATIVE_INFINITY;
            }
            for (int rank = 0; rank < chosen; rank++) {
                weights[t * chosen + rank] /= sum;
            }
        }
    }

    /** x[t] += Σ_e w_e · down_e(silu(gate_e h[t]) · up_e h[t]) over the experts routed to; h and x are (n, width). */
    public void apply(Matrix[] gate, Matrix[] up, Matrix[] down, float[] h, int n, float[] x) {
        apply(gate, up, down, Biases.NONE, (g, u) -> Activations.silu(g) * u, h, n, x);
    }

    /** The same with biases, and an activation of the caller's: x[t] += Σ_e w_e · (down_e(a(gate_e h[t], up_e h[t]))). */
    public void apply(
            Matrix[] gate,
            Matrix[] up,
            Matrix[] down,
            Biases biases,
            Activation activation,
            float[] h,
            int n,
            float[] x) {
        int width = gate[0].columns();
        int ff = gate[0].rows();
        int[] active = active();
        int perExpert = Math.max(1, n * chosen / active.length);
        workers.split(active.length * ff, Products.rowsPerSlice(2 * width, perExpert), (begin, end) -> {
            float[] row = new float[width];
            float[] g = new float[n];
            float[] u = new float[n];
            int[] at = new int[n];
            for (int item = begin; item < end; item++) {
                int e = active[item / ff];
                int r = item % ff;
                int count = locate(e, chosen, width, at);
                Products.dots(gate[e], r, h, at, 0, count, row, g);
                Products.dots(up[e], r, h, at, 0, count, row, u);
                for (int j = 0; j < count; j++) {
                    inner[slots[e * batch + j] * ff + r] =
                            activation.of(plus(g[j], biases.gate(), e * ff + r), plus(u[j], biases.up(), e * ff + r));
                }
            }
        });
        workers.split(active.length * width, Products.rowsPerSlice(ff, perExpert), (begin, end) -> {
            float[] row = new float[ff];
            float[] sums = new float[n];
            int[] at = new int[n];
            for (int item = begin; item < end; item++) {
                int e = active[item / width];
                int r = item % width;
                int count = locate(e, 1, ff, at);
                Products.dots(down[e], r, inner, at, 0, count, row, sums);
                for (int j = 0; j < count; j++) {
                    outer[slots[e * batch + j] * width + r] = plus(sums[j], biases.down(), e * width + r);
                }
            }
        });
        combine(n, width, x);
    }

    private static float plus(float value, float[] biases, int at) {
        return biases.length == 0 ? value : value + biases[at];
    }

    /** Adds in the order of rank, so that the sum does not depend on the batch. */
    private void combine(int n, int width, float[] x) {
        for (int slot = 0; slot < n * chosen; slot++) {
            int to = slot / chosen * width;
            for (int i = 0; i < width; i++) {
                x[to + i] = Math.fma(weights[slot], outer[slot * width + i], x[to + i]);
            }
        }
    }

    /** Where the inputs of expert {@code e} start: one every {@code perRow} slots, {@code width} floats each. */
    private int locate(int e, int perRow, int width, int[] at) {
        for (int j = 0; j < tokensOf[e]; j++) {
            at[j] = slots[e * batch + j] / perRow * width;
        }
        return tokensOf[e];
    }

    private int[] active() {
        int[] active = new int[experts];
        int count = 0;
        for (int e = 0; e < experts; e++) {
            if (tokensOf[e] > 0) {
                active[count++] = e;
            }
        }
        return Arrays.copyOf(active, count);
    }

    private int largest(float[] p, int at) {
        int best = 0;
        for (int e = 1; e < experts; e++) {
            if (p[at + e] > p[at + best]) {
                best = e;
            }
        }
        return best;
    }
}
