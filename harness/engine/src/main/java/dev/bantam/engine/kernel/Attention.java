package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;
import static dev.bantam.engine.kernel.Dot.LE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Causal grouped-query attention over a cache: out = softmax(q Kᵀ / sqrt(width)) V. A token may be held to a sliding window,
 * and a head may have a sink: a logit that takes part in the softmax and has no value
 * (<a href="https://arxiv.org/abs/2309.17453">Xiao et al., Efficient Streaming Language Models with Attention Sinks</a>).
 */
public final class Attention {
    private static final int WORTHWHILE = 1 << 15;

    private final Workers workers;
    private final int heads;

    public Attention(Workers workers, int heads) {
        this.workers = workers;
        this.heads = heads;
    }

    /** Attends to all that came before, without sinks. */
    public void attend(KvCache cache, int layer, int position, int n, float[] q, float[] out) {
        attend(cache, layer, position, n, Integer.MAX_VALUE, new float[0], q, out);
    }

    /**
     * Attends with q (n, heads, width) of {@code n} tokens from {@code position} on, whose keys and values are stored
     * already; head h reads key-value head h / (heads / kvHeads). Writes out (n, heads, width).
     *
     * @param window how many positions a token sees, its own included
     * @param sinks one logit a head, or none
     */
    public void attend(
            KvCache cache, int layer, int position, int n, int window, float[] sinks, float[] q, float[] out) {
        int width = cache.shape().width();
        int group = heads / cache.shape().heads();
        int perSlice = Math.max(1, WORTHWHILE / (2 * width * (position + n)));
        workers.split(n * heads, perSlice, (begin, end) -> {
            float[] weights = new float[position + n + 1];
            for (int item = begin; item < end; item++) {
                int seen = position + item / heads + 1;
                int head = item % heads / group;
                int first = Math.max(0, seen - window);
                scores(cache, layer, head, q, item * width, first, seen, weights);
                if (sinks.length == 0) {
                    Activations.softmax(weights, first, seen - first);
                } else {
                    weights[seen] = sinks[item % heads];
                    Activations.softmax(weights, first, seen - first + 1);
                }
                mix(cache, layer, head, weights, first, seen, out, item * width);
            }
        });
    }

    private static void scores(
            KvCache cache, int layer, int head, float[] q, int at, int first, int seen, float[] scores) {
        int width = cache.shape().width();
        float scale = (float) (1 / Math.sqrt(width));
        for (int p = first; p < seen; p++) {
            long key = cache.offset(layer, 0, head, p % KvCache.BLOCK);
            scores[p] = scale * Dot.of(cache.block(p), key, q, at, width);
        }
    }

    private static void mix(
            KvCache cache, int layer, int head, float[] weights, int from, int seen, float[] out, int at) {
        int width = cache.shape().width();
        Arrays.fill(out, at, at + width, 0);
        for (int first = from; first < seen; ) {
            int inBlock = first % KvCache.BLOCK;
            int count = Math.min(KvCache.BLOCK - inBlock, seen - first);
            addWeighted(
                    cache.block(first), cache.offset(layer, 1, head, inBlock), weights, first, count, out, at, width);
            first += count;
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
