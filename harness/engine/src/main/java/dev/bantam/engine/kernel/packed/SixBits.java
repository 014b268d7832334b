package dev.bantam.engine.kernel.packed;

import static dev.bantam.engine.kernel.packed.Lanes.BYTES;
import static dev.bantam.engine.kernel.packed.Lanes.F;
import static dev.bantam.engine.kernel.packed.Lanes.I;
import static dev.bantam.engine.kernel.packed.Lanes.L;
import static dev.bantam.engine.kernel.packed.Lanes.ROWS;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Products of six-bit weights with quantised activations, as {@link FourBits}. Sixteen columns, of which eight products
 * stay within sixteen bits, take three words: each half of a word has two columns and four bits of a third; these are the
 * lower bits of columns 12 and 13, the lower bits of 14 and 15, and the upper bits of all four. No minima.
 */
final class SixBits {
    private static final int[] SIX = new int[I.length()];
    private static final int[] TWO = new int[I.length()];

    static {
        Arrays.fill(SIX, 0x003f003f);
        Arrays.fill(TWO, 0x00300030);
    }

    private SixBits() {}

    /** One token: sums[to ..] += the chunk's product. */
    static void one(
            MemorySegment w,
            long from,
            int units,
            Quantized x,
            int token,
            int chunk,
            ChunkScales scales,
            float[] sums,
            int to) {
        one(w, from, units, x, token, chunk, scales, 0, sums, to);
        one(w, from + 2 * BYTES, units, x, token, chunk, scales, 2 * L, sums, to + 2 * L);
    }

    /** Two tokens; the sums of the second follow those of the first. */
    static void two(
            MemorySegment w,
            long from,
            int units,
            Quantized x,
            int a,
            int b,
            int chunk,
            ChunkScales scales,
            float[] sums,
            int to) {
        two(w, from, units, x, a, b, chunk, scales, 0, sums, to);
        two(w, from + 2 * BYTES, units, x, a, b, chunk, scales, 2 * L, sums, to + 2 * L);
    }

    private static void one(
            MemorySegment w,
            long from,
            int units,
            Quantized x,
            int token,
            int chunk,
            ChunkScales scales,
            int row,
            float[] sums,
            int to) {
        IntVector six = IntVector.fromArray(I, SIX, 0);
        IntVector four = IntVector.fromArray(I, FourBits.FOUR_BITS, 0);
        IntVector two = IntVector.fromArray(I, TWO, 0);
        int[] pairs = x.pairs;
        int[] starts = x.starts6;
        int block = x.block(token, chunk);
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        int unit = 0;
        long end = from + (long) units * (12 * BYTES);
        for (long at = from; at < end; at += 12 * BYTES) {
            IntVector v00 = IntVector.fromMemorySegment(I, w, at, LITTLE_ENDIAN);
            IntVector v01 = IntVector.fromMemorySegment(I, w, at + 1 * BYTES, LITTLE_ENDIAN);
            IntVector v10 = IntVector.fromMemorySegment(I, w, at + 4 * BYTES, LITTLE_ENDIAN);
            IntVector v11 = IntVector.fromMemorySegment(I, w, at + 5 * BYTES, LITTLE_ENDIAN);
            IntVector v20 = IntVector.fromMemorySegment(I, w, at + 8 * BYTES, LITTLE_ENDIAN);
            IntVector v21 = IntVector.fromMemorySegment(I, w, at + 9 * BYTES, LITTLE_ENDIAN);
            ShortVector acc00 = IntVector.broadcast(I, starts[2 * block + unit]).reinterpretAsShorts();
            ShortVector acc01 = acc00;
            ShortVector a0 =
                    IntVector.broadcast(I, pairs[16 * block + 8 * unit]).reinterpretAsShorts();
            ShortVector q0 = v00.lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            ShortVector q1 = v01.lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[16 * block + 8 * unit + 1]).reinterpretAsShorts();
            q0 = v00.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            q1 = v01.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[16 * block + 8 * unit + 2]).reinterpretAsShorts();
            q0 = v10.lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            q1 = v11.lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[16 * block + 8 * unit + 3]).reinterpretAsShorts();
            q0 = v10.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            q1 = v11.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[16 * block + 8 * unit + 4]).reinterpretAsShorts();
            q0 = v20.lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            q1 = v21.lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[16 * block + 8 * unit + 5]).reinterpretAsShorts();
            q0 = v20.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            q1 = v21.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[16 * block + 8 * unit + 6]).reinterpretAsShorts();
            q0 = v00.lanewise(LSHR, 12)
                    .lanewise(AND, four)
                    .or(v20.lanewise(LSHR, 8).lanewise(AND, two))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            q1 = v01.lanewise(LSHR, 12)
                    .lanewise(AND, four)
                    .or(v21.lanewise(LSHR, 8).lanewise(AND, two))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[16 * block + 8 * unit + 7]).reinterpretAsShorts();
            q0 = v10.lanewise(LSHR, 12)
                    .lanewise(AND, four)
                    .or(v20.lanewise(LSHR, 10).lanewise(AND, two))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            q1 = v11.lanewise(LSHR, 12)
                    .lanewise(AND, four)
                    .or(v21.lanewise(LSHR, 10).lanewise(AND, two))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            FloatVector s0 = FloatVector.broadcast(F, x.scales[block + (unit >> 1)]);
            FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row + 0 * L);
            FloatVector scale1 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row + 1 * L);
            sum00 = ((FloatVector) acc00.reinterpretAsInts()
                            .lanewise(LSHL, 16)
                            .lanewise(ASHR, 16)
                            .add(acc00.reinterpretAsInts().lanewise(ASHR, 16))
                            .convert(I2F, 0))
                    .fma(scale0.mul(s0), sum00);
            sum01 = ((FloatVector) acc01.reinterpretAsInts()
                            .lanewise(LSHL, 16)
                            .lanewise(ASHR, 16)
                            .add(acc01.reinterpretAsInts().lanewise(ASHR, 16))
                            .convert(I2F, 0))
                    .fma(scale1.mul(s0), sum01);
            unit++;
        }
        sum00.intoArray(sums, to);
        sum01.intoArray(sums, to + 1 * L);
    }

    private static void two(
            MemorySegment w,
            long from,
            int units,
            Quantized x,
            int a,
            int b,
            int chunk,
            ChunkScales scales,
            int row,
            float[] sums,
            int to) {
        IntVector six = IntVector.fromArray(I, SIX, 0);
        IntVector four = IntVector.fromArray(I, FourBits.FOUR_BITS, 0);
        IntVector two = IntVector.fromArray(I, TWO, 0);
        int[] pairs = x.pairs;
        int[] starts = x.starts6;
        int blockA = x.block(a, chunk);
        int blockB = x.block(b, chunk);
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum10 = FloatVector.fromArray(F, sums, to + 4 * L);
        FloatVector sum11 = FloatVector.fromArray(F, sums, to + 5 * L);
        int unit = 0;
        long end = from + (long) units * (12 * BYTES);
        for (long at = from; at < end; at += 12 * BYTES) {
            IntVector v00 = IntVector.fromMemorySegment(I, w, at, LITTLE_ENDIAN);
            IntVector v01 = IntVector.fromMemorySegment(I, w, at + 1 * BYTES, LITTLE_ENDIAN);
            IntVector v10 = IntVector.fromMemorySegment(I, w, at + 4 * BYTES, LITTLE_ENDIAN);
            IntVector v11 = IntVector.fromMemorySegment(I, w, at + 5 * BYTES, LITTLE_ENDIAN);
            IntVector v20 = IntVector.fromMemorySegment(I, w, at + 8 * BYTES, LITTLE_ENDIAN);
            IntVector v21 = IntVector.fromMemorySegment(I, w, at + 9 * BYTES, LITTLE_ENDIAN);
            ShortVector acc00 =
                    IntVector.broadcast(I, starts[2 * blockA + unit]).reinterpretAsShorts();
            ShortVector acc01 = acc00;
            ShortVector acc10 =
                    IntVector.broadcast(I, starts[2 * blockB + unit]).reinterpretAsShorts();
            ShortVector acc11 = acc10;
            ShortVector a0 =
                    IntVector.broadcast(I, pairs[16 * blockA + 8 * unit]).reinterpretAsShorts();
            ShortVector a1 =
                    IntVector.broadcast(I, pairs[16 * blockB + 8 * unit]).reinterpretAsShorts();
            ShortVector q0 = v00.lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            ShortVector q1 = v01.lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[16 * blockA + 8 * unit + 1]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[16 * blockB + 8 * unit + 1]).reinterpretAsShorts();
            q0 = v00.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v01.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[16 * blockA + 8 * unit + 2]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[16 * blockB + 8 * unit + 2]).reinterpretAsShorts();
            q0 = v10.lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v11.lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[16 * blockA + 8 * unit + 3]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[16 * blockB + 8 * unit + 3]).reinterpretAsShorts();
            q0 = v10.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v11.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[16 * blockA + 8 * unit + 4]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[16 * blockB + 8 * unit + 4]).reinterpretAsShorts();
            q0 = v20.lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v21.lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[16 * blockA + 8 * unit + 5]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[16 * blockB + 8 * unit + 5]).reinterpretAsShorts();
            q0 = v20.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v21.lanewise(LSHR, 6).lanewise(AND, six).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[16 * blockA + 8 * unit + 6]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[16 * blockB + 8 * unit + 6]).reinterpretAsShorts();
            q0 = v00.lanewise(LSHR, 12)
                    .lanewise(AND, four)
                    .or(v20.lanewise(LSHR, 8).lanewise(AND, two))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v01.lanewise(LSHR, 12)
                    .lanewise(AND, four)
                    .or(v21.lanewise(LSHR, 8).lanewise(AND, two))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[16 * blockA + 8 * unit + 7]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[16 * blockB + 8 * unit + 7]).reinterpretAsShorts();
            q0 = v10.lanewise(LSHR, 12)
                    .lanewise(AND, four)
                    .or(v20.lanewise(LSHR, 10).lanewise(AND, two))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v11.lanewise(LSHR, 12)
                    .lanewise(AND, four)
                    .or(v21.lanewise(LSHR, 10).lanewise(AND, two))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            FloatVector s0 = FloatVector.broadcast(F, x.scales[blockA + (unit >> 1)]);
            FloatVector s1 = FloatVector.broadcast(F, x.scales[blockB + (unit >> 1)]);
            FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row + 0 * L);
            FloatVector scale1 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row + 1 * L);
            sum00 = ((FloatVector) acc00.reinterpretAsInts()
                            .lanewise(LSHL, 16)
                            .lanewise(ASHR, 16)
                            .add(acc00.reinterpretAsInts().lanewise(ASHR, 16))
                            .convert(I2F, 0))
                    .fma(scale0.mul(s0), sum00);
            sum01 = ((FloatVector) acc01.reinterpretAsInts()
                            .lanewise(LSHL, 16)
                            .lanewise(ASHR, 16)
                            .add(acc01.reinterpretAsInts().lanewise(ASHR, 16))
                            .convert(I2F, 0))
                    .fma(scale1.mul(s0), sum01);
            sum10 = ((FloatVector) acc10.reinterpretAsInts()
                            .lanewise(LSHL, 16)
                            .lanewise(ASHR, 16)
                            .add(acc10.reinterpretAsInts().lanewise(ASHR, 16))
                            .convert(I2F, 0))
                    .fma(scale0.mul(s1), sum10);
            sum11 = ((FloatVector) acc11.reinterpretAsInts()
                            .lanewise(LSHL, 16)
                            .lanewise(ASHR, 16)
                            .add(acc11.reinterpretAsInts().lanewise(ASHR, 16))
                            .convert(I2F, 0))
                    .fma(scale1.mul(s1), sum11);
            unit++;
        }
        sum00.intoArray(sums, to);
        sum01.intoArray(sums, to + 1 * L);
        sum10.intoArray(sums, to + 4 * L);
        sum11.intoArray(sums, to + 5 * L);
    }
}
