package dev.bantam.engine.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of floats. All of them sum in one fixed order: two vectors of partial sums, taking turns, folded in halves
 * at the end, then the remaining elements one by one. {@link FloatVector#reduceLanes} is not used because its order for
 * floats may change when the method is compiled.
 */
public final class Dot {
    static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    static final VectorSpecies<Float> F =
            FloatVector.SPECIES_PREFERRED.length() < 4 ? FloatVector.SPECIES_128 : FloatVector.SPECIES_PREFERRED;
    static final int LANES = F.length();
    static final int STEP = 2 * LANES;
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LE);

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    private Dot() {}

    /** w[0 .. n) · x[at .. at + n). */
    public static float of(float[] w, float[] x, int at, int n) {
        return of(w, 0, x, at, n);
    }

    /** w[from .. from + n) · x[at .. at + n). */
    static float of(float[] w, int from, float[] x, int at, int n) {
        FloatVector even = FloatVector.zero(F);
        FloatVector odd = FloatVector.zero(F);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            even = FloatVector.fromArray(F, w, from + i).fma(FloatVector.fromArray(F, x, at + i), even);
            odd = FloatVector.fromArray(F, w, from + i + LANES).fma(FloatVector.fromArray(F, x, at + i + LANES), odd);
        }
        return rest(sum(even, odd), w, from, x, at, i, n);
    }

    /** The sum and what the elements i .. n add to it. */
    static float rest(float sum, float[] w, int from, float[] x, int at, int i, int n) {
        for (int rest = i; rest < n; rest++) {
            sum = Math.fma(w[from + rest], x[at + rest], sum);
        }
        return sum;
    }

    /** n little-endian floats at byte {@code base} of {@code w} · x[at .. at + n). */
    public static float of(MemorySegment w, long base, float[] x, int at, int n) {
        FloatVector even = FloatVector.zero(F);
        FloatVector odd = FloatVector.zero(F);
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            long from = base + 4L * i;
            even = FloatVector.fromMemorySegment(F, w, from, LE).fma(FloatVector.fromArray(F, x, at + i), even);
            odd = FloatVector.fromMemorySegment(F, w, from + 4L * LANES, LE)
                    .fma(FloatVector.fromArray(F, x, at + i + LANES), odd);
        }
        float sum = sum(even, odd);
        for (; i < n; i++) {
            sum = Math.fma(w.get(FLOAT, base + 4L * i), x[at + i], sum);
        }
        return sum;
    }

    /** sums[to + r] = what {@link #of(MemorySegment, long, float[], int, int)} gives for row r of four, of n floats each. */
    static void four(MemorySegment w, long base, float[] x, int at, int n, float[] sums, int to) {
        long row = 4L * n;
        FloatVector even0 = FloatVector.zero(F);
        FloatVector even1 = even0;
        FloatVector even2 = even0;
        FloatVector even3 = even0;
        FloatVector odd0 = even0;
        FloatVector odd1 = even0;
        FloatVector odd2 = even0;
        FloatVector odd3 = even0;
        int i = 0;
        for (; i <= n - STEP; i += STEP) {
            long from = base + 4L * i;
            FloatVector a = FloatVector.fromArray(F, x, at + i);
            FloatVector b = FloatVector.fromArray(F, x, at + i + LANES);
            even0 = FloatVector.fromMemorySegment(F, w, from, LE).fma(a, even0);
            even1 = FloatVector.fromMemorySegment(F, w, from + row, LE).fma(a, even1);
            even2 = FloatVector.fromMemorySegment(F, w, from + 2 * row, LE).fma(a, even2);
            even3 = FloatVector.fromMemorySegment(F, w, from + 3 * row, LE).fma(a, even3);
            from += 4L * LANES;
            odd0 = FloatVector.fromMemorySegment(F, w, from, LE).fma(b, odd0);
            odd1 = FloatVector.fromMemorySegment(F, w, from + row, LE).fma(b, odd1);
            odd2 = FloatVector.fromMemorySegment(F, w, from + 2 * row, LE).fma(b, odd2);
            odd3 = FloatVector.fromMemorySegment(F, w, from + 3 * row, LE).fma(b, odd3);
        }
        sums[to] = sum(even0, odd0);
        sums[to + 1] = sum(even1, odd1);
        sums[to + 2] = sum(even2, odd2);
        sums[to + 3] = sum(even3, odd3);
        for (; i < n; i++) {
            for (int r = 0; r < 4; r++) {
                sums[to + r] = Math.fma(w.get(FLOAT, base + r * row + 4L * i), x[at + i], sums[to + r]);
            }
        }
    }

    static float sum(FloatVector even, FloatVector odd) {
        FloatVector v = even.lanewise(ADD, odd);
        if (LANES > 8) {
            v = v.lanewise(ADD, v.rearrange(BY_8));
        }
        if (LANES > 4) {
            v = v.lanewise(ADD, v.rearrange(BY_4));
        }
        v = v.lanewise(ADD, v.rearrange(BY_2));
        v = v.lanewise(ADD, v.rearrange(BY_1));
        return v.lane(0);
    }

    /** What {@link #sum} makes of two vectors whose sum is v[at .. at + LANES); overwrites it. */
    static float fold(float[] v, int at) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                v[at + i] += v[at + i + half];
            }
        }
        return v[at];
    }

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(F, i -> (i + by) % LANES);
    }
}
