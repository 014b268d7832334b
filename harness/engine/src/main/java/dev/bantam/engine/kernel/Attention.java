package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;
import static dev.bantam.engine.kernel.Dot.LE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Causal grouped-query attention over a cache: out = softmax(q Kᵀ / sqrt(width)) V. */
public final class Attention {
    private static final int WORTHWHILE = 1 << 15;

    private final Workers workers;
    private final int heads;

    public Attention(Workers workers, int heads) {
        this.workers = workers;
        this.heads = heads;
    }

    /**
     * Attends with q (n, heads, width) of {@code n} tokens from {@code position} on, whose keys and values are stored
     * already; head h reads key-value head h / (heads / kvHeads). Writes out (n, heads, width).
     */
    public void attend(KvCache cache, int layer, int position, int n, float[] q, float[] out) {
        int width = cache.shape().width();
        int group = heads / cache.shape().heads();
        int perSlice = Math.max(1, WORTHWHILE / (2 * width * (position + n)));
        workers.split(n * heads, perSlice, (begin, end) -> {
            float[] weights = new float[position + n];
            for (int item = begin; item < end; item++) {
                int seen = position + item / heads + 1;
                int head = item % heads / group;
                scores(cache, layer, head, q, item * width, seen, weights);
                Activations.softmax(weights, 0, seen);
                mix(cache, layer, head, weights, seen, out, item * width);
            }
        });
    }

    private static void scores(KvCache cache, int layer, int head, float[] q, int at, int seen, float[] scores) {
        int width = cache.shape().width();
        float scale = (float) (1 / Math.sqrt(width));
        for (int p = 0; p < seen; p++) {
            long key = cache.offset(layer, 0, head, p % KvCache.BLOCK);
            scores[p] = scale * Dot.of(cache.block(p), key, q, at, width);
        }
    }

    private static void mix(KvCache cache, int layer, int head, float[] weights, int seen, float[] out, int at) {
        int width = cache.shape().width();
        Arrays.fill(out, at, at + width, 0);
        for (int first = 0; first < seen; first += KvCache.BLOCK) {
            int count = Math.min(KvCache.BLOCK, seen - first);
            addWeighted(cache.block(first), cache.offset(layer, 1, head, 0), weights, first, count, out, at, width);
        }
    }

    /** out[at + i] += Σ_p weights[first + p] · v[p][i], v being (count, width) floats at byte {@code base}. */
    private static void addWeighted(
            MemorySegment v, long base, float[] weights, int first, int count, float[] out, int at, int width) {
        int i = 0;
        for (; i <= width - LANES; i += LANES) {
            FloatVector sum = FloatVector.fromArray(F, out, at + i);
            for (int p = 0; p < count; p++) {
                long from = base + 4L * (p * width + i);
                sum = FloatVector.fromMemorySegment(F, v, from, LE)
                        .fma(FloatVector.broadcast(F, weights[first + p]), sum);
            }
            sum.intoArray(out, at + i);
        }
        for (; i < width; i++) {
            for (int p = 0; p < count; p++) {
                float value = v.get(Dot.FLOAT, base + 4L * (p * width + i));
                out[at + i] = Math.fma(value, weights[first + p], out[at + i]);
            }
        }
    }
}
