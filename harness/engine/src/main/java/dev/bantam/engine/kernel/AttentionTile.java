package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;
import static dev.bantam.engine.kernel.Dot.STEP;
import static dev.bantam.engine.kernel.KvCache.BLOCK;
import static dev.bantam.engine.kernel.KvCache.TILE;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.bantam.engine.kernel.Attention.Task;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Scratch memory and kernels for some queries (rows) that read one key-value head: the rows are (token, head of the group).
 * A partial result of a row is the largest score of a chunk, Σ e^(score - largest), and Σ e^(score - largest) · value.
 */
final class AttentionTile {
    /** Positions of a chunk, which begin at multiples of it; whole tiles of keys. */
    static final int CHUNK = Math.max(256, TILE);

    private final int width;
    private final int stride; // the width rounded up to whole vectors
    private final int[] at; // (rows): where each query begins; repeats the last one up to a multiple of 4
    private final int[] from; // (rows): the first position that each sees in the chunk, relative to it
    private final int[] to; // (rows): one past the last
    private final int[] sees; // (rows, 2): first and last position
    private final float[] unpacked; // (width, TILE) keys or (TILE, stride) values
    private final float[] scores; // (rows, CHUNK): scores, then weights
    private final float[] largest; // (rows) of the chunk; -infinity when it sees nothing of it
    private final float[] sum; // (rows)
    private final float[] mixed; // (rows, stride)
    private final float[] mergedLargest; // (rows) of all chunks so far
    private final double[] mergedSum; // (rows)
    private final float[] merged; // (rows, stride)
    private int rows;
    private int kvHead;

    AttentionTile(int maxRows, int width) {
        int padded = Math.ceilDiv(maxRows, 4) * 4;
        this.width = width;
        stride = stride(width);
        at = new int[padded];
        from = new int[padded];
        to = new int[padded];
        sees = new int[2 * padded];
        unpacked = new float[TILE * stride];
        scores = new float[padded * CHUNK];
        largest = new float[padded];
        sum = new float[padded];
        mixed = new float[padded * stride];
        mergedLargest = new float[padded];
        mergedSum = new double[padded];
        merged = new float[padded * stride];
    }

    boolean fits(int wantedRows, int wantedWidth) {
        return width == wantedWidth && wantedRows <= at.length;
    }

    private static int stride(int width) {
        return Math.ceilDiv(width, STEP) * STEP;
    }

    /** Floats of a partial result. */
    static int partialSize(int width) {
        return stride(width) + 2;
    }

    /** Begins with the queries of the tokens {@code first .. last} whose heads read {@code kvHead}. */
    void queries(Task task, int kvHead, int first, int last) {
        this.kvHead = kvHead;
        int group = task.group();
        rows = (last - first + 1) * group;
        for (int r = 0; r < Math.ceilDiv(rows, 4) * 4; r++) {
            int row = Math.min(r, rows - 1);
            int t = first + row / group;
            int head = kvHead * group + row % group;
            at[r] = (t * task.heads() + head) * width;
            sees[2 * r] = task.first(t);
            sees[2 * r + 1] = task.position() + t;
            boolean sink = task.sinks().length > 0;
            mergedLargest[r] = sink ? task.sinks()[head] : Float.NEGATIVE_INFINITY;
            mergedSum[r] = sink ? 1 : 0;
        }
        Arrays.fill(merged, 0, rows * stride, 0);
    }

    /** Computes the partial results of one chunk. */
    void compute(Task task, int chunk) {
        int start = chunk * CHUNK;
        int padded = Math.ceilDiv(rows, 4) * 4;
        int begin = CHUNK;
        int end = 0;
        for (int r = 0; r < padded; r++) {
            from[r] = Math.clamp(sees[2 * r] - start, 0, CHUNK);
            to[r] = Math.clamp(sees[2 * r + 1] + 1 - start, 0, CHUNK);
            if (from[r] < to[r]) {
                begin = Math.min(begin, from[r]);
                end = Math.max(end, to[r]);
            }
        }
        Arrays.fill(largest, 0, padded, Float.NEGATIVE_INFINITY);
        if (begin >= end) {
            return;
        }
        KvCache cache = task.cache();
        KvType type = cache.shape().type();
        for (int p = begin / TILE * TILE; p < end; p += TILE) {
            int inBlock = (start + p) % BLOCK;
            long keys = cache.keys(task.layer(), kvHead, inBlock);
            KvRows.unpackKeys(type, cache.block(start + p), keys, TILE, width, unpacked);
            for (int r = 0; r < padded; r += 4) {
                score(task.q(), r, p);
            }
        }
        float scale = (float) (1 / Math.sqrt(width));
        int vectorsFrom = begin / STEP * STEP;
        int vectorsTo = Math.ceilDiv(end, STEP) * STEP;
        for (int r = 0; r < padded; r++) {
            weigh(r, scale, vectorsFrom, vectorsTo);
        }
        Arrays.fill(mixed, 0, padded * stride, 0);
        for (int p = begin / TILE * TILE; p < end; p += TILE) {
            int first = Math.max(begin, p);
            int count = Math.min(end, p + TILE) - first;
            MemorySegment block = cache.block(start + first);
            long values = cache.values(task.layer(), kvHead, (start + first) % BLOCK);
            KvRows.unpackValues(type, block, values, count, width, stride, unpacked);
            for (int r = 0; r < padded; r += 4) {
                mix(r, first, count);
            }
        }
    }

    /** scores[r .. r + 4)[p .. p + TILE) = q · K over the unpacked tile, each summed in the order of the elements. */
    private void score(float[] q, int r, int p) {
        int a = at[r];
        int b = at[r + 1];
        int c = at[r + 2];
        int d = at[r + 3];
        for (int j = 0; j < TILE; j += STEP) {
            FloatVector a0 = FloatVector.zero(F);
            FloatVector a1 = a0;
            FloatVector b0 = a0;
            FloatVector b1 = a0;
            FloatVector c0 = a0;
            FloatVector c1 = a0;
            FloatVector d0 = a0;
            FloatVector d1 = a0;
            for (int i = 0; i < width; i++) {
                FloatVector k0 = FloatVector.fromArray(F, unpacked, i * TILE + j);
                FloatVector k1 = FloatVector.fromArray(F, unpacked, i * TILE + j + LANES);
                FloatVector x = FloatVector.broadcast(F, q[a + i]);
                a0 = k0.fma(x, a0);
                a1 = k1.fma(x, a1);
                x = FloatVector.broadcast(F, q[b + i]);
                b0 = k0.fma(x, b0);
                b1 = k1.fma(x, b1);
                x = FloatVector.broadcast(F, q[c + i]);
                c0 = k0.fma(x, c0);
                c1 = k1.fma(x, c1);
                x = FloatVector.broadcast(F, q[d + i]);
                d0 = k0.fma(x, d0);
                d1 = k1.fma(x, d1);
            }
            int to = r * CHUNK + p + j;
            a0.intoArray(scores, to);
            a1.intoArray(scores, to + LANES);
            b0.intoArray(scores, to + CHUNK);
            b1.intoArray(scores, to + CHUNK + LANES);
            c0.intoArray(scores, to + 2 * CHUNK);
            c1.intoArray(scores, to + 2 * CHUNK + LANES);
            d0.intoArray(scores, to + 3 * CHUNK);
            d1.intoArray(scores, to + 3 * CHUNK + LANES);
        }
    }

    /** Turns the scores of a row into weights e^(score - largest), zeros where it sees nothing. */
    private void weigh(int r, float scale, int begin, int end) {
        int row = r * CHUNK;
        if (from[r] >= to[r]) {
            Arrays.fill(scores, row + begin, row + end, 0);
            return;
        }
        Arrays.fill(scores, row + begin, row + from[r], Float.NEGATIVE_INFINITY);
        Arrays.fill(scores, row + to[r], row + end, Float.NEGATIVE_INFINITY);
        FloatVector most = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        for (int j = begin; j < end; j += LANES) {
            FloatVector scaled = FloatVector.fromArray(F, scores, row + j).mul(scale);
            scaled.intoArray(scores, row + j);
            most = most.max(scaled);
        }
        float m = most.reduceLanes(MAX);
        FloatVector even = FloatVector.zero(F);
        FloatVector odd = even;
        for (int j = begin; j < end; j += STEP) {
            FloatVector e =
                    Exponential.orZero(FloatVector.fromArray(F, scores, row + j).sub(m));
            FloatVector o = Exponential.orZero(
                    FloatVector.fromArray(F, scores, row + j + LANES).sub(m));
            e.intoArray(scores, row + j);
            o.intoArray(scores, row + j + LANES);
            even = even.add(e);
            odd = odd.add(o);
        }
        largest[r] = m;
        sum[r] = Dot.sum(even, odd);
    }

    /** mixed[r .. r + 4) += Σ_p weight[p] · value[p] over the {@code count} unpacked values from {@code first} on. */
    private void mix(int r, int first, int count) {
        int w = r * CHUNK + first;
        for (int i = 0; i < stride; i += STEP) {
            int m = r * stride + i;
            FloatVector a0 = FloatVector.fromArray(F, mixed, m);
            FloatVector a1 = FloatVector.fromArray(F, mixed, m + LANES);
            FloatVector b0 = FloatVector.fromArray(F, mixed, m + stride);
            FloatVector b1 = FloatVector.fromArray(F, mixed, m + stride + LANES);
            FloatVector c0 = FloatVector.fromArray(F, mixed, m + 2 * stride);
            FloatVector c1 = FloatVector.fromArray(F, mixed, m + 2 * stride + LANES);
            FloatVector d0 = FloatVector.fromArray(F, mixed, m + 3 * stride);
            FloatVector d1 = FloatVector.fromArray(F, mixed, m + 3 * stride + LANES);
            for (int p = 0; p < count; p++) {
                FloatVector v0 = FloatVector.fromArray(F, unpacked, p * stride + i);
                FloatVector v1 = FloatVector.fromArray(F, unpacked, p * stride + i + LANES);
                FloatVector x = FloatVector.broadcast(F, scores[w + p]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                x = FloatVector.broadcast(F, scores[w + CHUNK + p]);
                b0 = v0.fma(x, b0);
                b1 = v1.fma(x, b1);
                x = FloatVector.broadcast(F, scores[w + 2 * CHUNK + p]);
                c0 = v0.fma(x, c0);
                c1 = v1.fma(x, c1);
                x = FloatVector.broadcast(F, scores[w + 3 * CHUNK + p]);
                d0 = v0.fma(x, d0);
                d1 = v1.fma(x, d1);
            }
            a0.intoArray(mixed, m);
            a1.intoArray(mixed, m + LANES);
            b0.intoArray(mixed, m + stride);
            b1.intoArray(mixed, m + stride + LANES);
            c0.intoArray(mixed, m + 2 * stride);
            c1.intoArray(mixed, m + 2 * stride + LANES);
            d0.intoArray(mixed, m + 3 * stride);
            d1.intoArray(mixed, m + 3 * stride + LANES);
        }
    }

    /** Adds the partial results of a chunk to those of the chunks before. */
    void merge() {
        for (int r = 0; r < rows; r++) {
            if (largest[r] == Float.NEGATIVE_INFINITY) {
                continue;
            }
            float most = Math.max(mergedLargest[r], largest[r]);
            float keep = (float) Math.exp(mergedLargest[r] - most);
            float take = (float) Math.exp(largest[r] - most);
            mergedLargest[r] = most;
            mergedSum[r] = mergedSum[r] * keep + (double) sum[r] * take;
            for (int i = r * stride; i < (r + 1) * stride; i += LANES) {
                FloatVector.fromArray(F, merged, i)
                        .mul(keep)
                        .add(FloatVector.fromArray(F, mixed, i).mul(take))
                        .intoArray(merged, i);
            }
        }
    }

    /** Writes the results. */
    void finish(Task task) {
        for (int r = 0; r < rows; r++) {
            float scale = (float) (1 / mergedSum[r]);
            for (int i = 0; i < width; i++) {
                task.out()[at[r] + i] = merged[r * stride + i] * scale;
            }
        }
    }

    /** Keeps the partial results of the {@code chunk}-th of {@code chunks} chunks. */
    void save(float[] partials, int chunk, int chunks) {
        for (int r = 0; r < rows; r++) {
            int place = place(r, chunk, chunks);
            partials[place] = largest[r];
            partials[place + 1] = sum[r];
            System.arraycopy(mixed, r * stride, partials, place + 2, stride);
        }
    }

    /** Takes up what {@link #save} kept. */
    void load(float[] partials, int chunk, int chunks) {
        for (int r = 0; r < rows; r++) {
            int place = place(r, chunk, chunks);
            largest[r] = partials[place];
            sum[r] = partials[place + 1];
            System.arraycopy(partials, place + 2, mixed, r * stride, stride);
        }
    }

    private int place(int r, int chunk, int chunks) {
        return (at[r] / width * chunks + chunk) * (stride + 2);
    }
}
