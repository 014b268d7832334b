package dev.bantam.engine.kernel;

import dev.bantam.engine.kernel.packed.Scratch;
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
    private final int[] active; // (experts): those with tokens come first
    private int activeCount;

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
        active = new int[experts];
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
        active();
        int perExpert = Math.max(1, n * chosen / activeCount);
        Products.round(workers, h, n, width, RowGroups.kind(gate[0]) | RowGroups.kind(up[0]));
        RowGroups.Input input = new RowGroups.Input(h, width, workers.quantized());
        int groups = RowGroups.count(gate[0]);
        workers.split(activeCount * groups, RowGroups.perSlice(2 * width, perExpert), (thread, begin, end) -> {
            Scratch scratch = workers.scratch(thread);
            float[] g = scratch.sums(n * RowGroups.ROWS);
            float[] u = scratch.moreSums(n * RowGroups.ROWS);
            int[] tokens = scratch.tokens(n);
            for (int item = begin; item < end; item++) {
                int e = active[item / groups];
                int group = item % groups;
                int count = locate(e, chosen, tokens);
                RowGroups.multiply(gate[e], group, input, tokens, count, scratch, g);
                RowGroups.multiply(up[e], group, input, tokens, count, scratch, u);
                int first = group * RowGroups.ROWS;
                int rows = Math.min(RowGroups.ROWS, ff - first);
                for (int j = 0; j < count; j++) {
                    int to = slots[e * batch + j] * ff + first;
                    for (int r = 0; r < rows; r++) {
                        float gr = plus(g[j * RowGroups.ROWS + r], biases.gate(), e * ff + first + r);
                        float ur = plus(u[j * RowGroups.ROWS + r], biases.up(), e * ff + first + r);
                        inner[to + r] = activation.of(gr, ur);
                    }
                }
            }
        });
        down(down, biases.down(), n, width, ff, perExpert);
        combine(n, width, x);
    }

    private void down(Matrix[] down, float[] biases, int n, int width, int ff, int perExpert) {
        Products.round(workers, inner, n * chosen, ff, RowGroups.kind(down[0]));
        RowGroups.Input input = new RowGroups.Input(inner, ff, workers.quantized());
        int groups = RowGroups.count(down[0]);
        workers.split(activeCount * groups, RowGroups.perSlice(ff, perExpert), (thread, begin, end) -> {
            Scratch scratch = workers.scratch(thread);
            float[] sums = scratch.sums(n * RowGroups.ROWS);
            int[] tokens = scratch.tokens(n);
            for (int item = begin; item < end; item++) {
                int e = active[item / groups];
                int group = item % groups;
                int count = locate(e, 1, tokens);
                RowGroups.multiply(down[e], group, input, tokens, count, scratch, sums);
                int first = group * RowGroups.ROWS;
                int rows = Math.min(RowGroups.ROWS, width - first);
                for (int j = 0; j < count; j++) {
                    int to = slots[e * batch + j] * width + first;
                    for (int r = 0; r < rows; r++) {
                        outer[to + r] = plus(sums[j * RowGroups.ROWS + r], biases, e * width + first + r);
                    }
                }
            }
        });
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

    /** The inputs of expert {@code e}, of which there is one every {@code perRow} slots; returns how many. */
    private int locate(int e, int perRow, int[] tokens) {
        for (int j = 0; j < tokensOf[e]; j++) {
            tokens[j] = slots[e * batch + j] / perRow;
        }
        return tokensOf[e];
    }

    private void active() {
        activeCount = 0;
        for (int e = 0; e < experts; e++) {
            if (tokensOf[e] > 0) {
                active[activeCount++] = e;
            }
        }
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
