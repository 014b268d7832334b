package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The gated delta rule: a matrix M for each head that associates keys with values. For each token in order,
 *
 * <pre>
 * M = α M     r = M k     M += β (v - r) kᵀ     o = M q
 * </pre>
 *
 * after Yang, Kautz, Hatamizadeh, <a href="https://arxiv.org/abs/2412.06464">Gated Delta Networks</a>. The rows of M, one for
 * each element of v, do not meet, so that lanes and threads may share them in any way without changing a bit.
 */
public final class DeltaRule {
    private static final int WORTHWHILE = 1 << 15;

    private final Workers workers;
    private final int[] keyHeadOf; // (heads)
    private final int keyHeads;
    private final int size;

    /**
     * @param keyHeadOf for each head of v, which head of q and k it reads
     * @param size elements of a head, the same for q, k and v
     */
    public DeltaRule(Workers workers, int keyHeads, int[] keyHeadOf, int size) {
        this.workers = workers;
        this.keyHeads = keyHeads;
        this.keyHeadOf = keyHeadOf.clone();
        this.size = size;
    }

    /** Floats that the matrices of one layer take: (heads, k, v), a row of M lying {@code size} apart. */
    public int memory() {
        return keyHeadOf.length * size * size;
    }

    /**
     * Runs the rule over {@code n} tokens.
     *
     * @param qkv (n, keyHeads + keyHeads + heads, size): q, k and v of each token
     * @param alpha (n, heads)
     * @param beta (n, heads)
     * @param out (n, heads, size)
     */
    public void apply(float[] memory, float[] qkv, int n, float[] alpha, float[] beta, float[] out) {
        int heads = keyHeadOf.length;
        int perSlice = (int) Math.max(1, WORTHWHILE / ((long) n * size * size));
        workers.split(heads, perSlice, (begin, end) -> {
            for (int head = begin; head < end; head++) {
                int m = head * size * size;
                int i = 0;
                for (; i <= size - 2 * LANES; i += 2 * LANES) {
                    twoVectors(memory, m + i, head, i, qkv, n, alpha, beta, out);
                }
                for (; i < size; i++) {
                    oneRow(memory, m + i, head, i, qkv, n, alpha, beta, out);
                }
            }
        });
    }

    /** Rows i .. i + 2 LANES of one head's matrix, whose first element is at {@code m}. */
    private void twoVectors(
            float[] memory, int m, int head, int i, float[] qkv, int n, float[] alpha, float[] beta, float[] out) {
        int heads = keyHeadOf.length;
        for (int t = 0; t < n; t++) {
            int token = t * (2 * keyHeads + heads);
            int q = (token + keyHeadOf[head]) * size;
            int k = (token + keyHeads + keyHeadOf[head]) * size;
            int v = (token + 2 * keyHeads + head) * size + i;
            FloatVector a = FloatVector.broadcast(F, alpha[t * heads + head]);
            FloatVector b = FloatVector.broadcast(F, beta[t * heads + head]);
            FloatVector read0 = FloatVector.zero(F);
            FloatVector read1 = read0;
            for (int j = 0; j < size; j++) {
                FloatVector key = FloatVector.broadcast(F, qkv[k + j]);
                read0 = FloatVector.fromArray(F, memory, m + j * size).mul(a).fma(key, read0);
                read1 = FloatVector.fromArray(F, memory, m + j * size + LANES)
                        .mul(a)
                        .fma(key, read1);
            }
            FloatVector change0 = FloatVector.fromArray(F, qkv, v).sub(read0).mul(b);
            FloatVector change1 =
                    FloatVector.fromArray(F, qkv, v + LANES).sub(read1).mul(b);
            FloatVector out0 = FloatVector.zero(F);
            FloatVector out1 = out0;
            for (int j = 0; j < size; j++) {
                FloatVector key = FloatVector.broadcast(F, qkv[k + j]);
                FloatVector query = FloatVector.broadcast(F, qkv[q + j]);
                int at = m + j * size;
                FloatVector new0 =
                        change0.fma(key, FloatVector.fromArray(F, memory, at).mul(a));
                FloatVector new1 = change1.fma(
                        key, FloatVector.fromArray(F, memory, at + LANES).mul(a));
                new0.intoArray(memory, at);
                new1.intoArray(memory, at + LANES);
                out0 = new0.fma(query, out0);
                out1 = new1.fma(query, out1);
            }
            int o = (t * heads + head) * size + i;
            out0.intoArray(out, o);
            out1.intoArray(out, o + LANES);
        }
    }

    /** The same for a single row, with the same bits. */
    private void oneRow(
            float[] memory, int m, int head, int i, float[] qkv, int n, float[] alpha, float[] beta, float[] out) {
        int heads = keyHeadOf.length;
        for (int t = 0; t < n; t++) {
            int token = t * (2 * keyHeads + heads);
            int q = (token + keyHeadOf[head]) * size;
            int k = (token + keyHeads + keyHeadOf[head]) * size;
            float a = alpha[t * heads + head];
            float read = 0;
            for (int j = 0; j < size; j++) {
                read = Math.fma(memory[m + j * size] * a, qkv[k + j], read);
            }
            float change = (qkv[(token + 2 * keyHeads + head) * size + i] - read) * beta[t * heads + head];
            float sum = 0;
            for (int j = 0; j < size; j++) {
                memory[m + j * size] = Math.fma(change, qkv[k + j], memory[m + j * size] * a);
                sum = Math.fma(memory[m + j * size], qkv[q + j], sum);
            }
            out[(t * heads + head) * size + i] = sum;
        }
    }
}
