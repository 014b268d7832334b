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
 * Products of five-bit weights with quantised activations: the words of {@link FourBits} and after them, for the whole
 * chunk, one word a block with the fifth bits. Two vectors of rows at a time, for want of registers.
 */
final class FiveBits {
    private static final int[] UPPER_BITS = new int[I.length()];

    static {
        Arrays.fill(UPPER_BITS, 0x00100010);
    }

    private FiveBits() {}

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
        long upper = from + (long) units * (16 * BYTES);
        one(w, from, upper, units, x, token, chunk, scales, 0, sums, to);
        one(w, from + 2 * BYTES, upper + 2 * BYTES, units, x, token, chunk, scales, 2 * L, sums, to + 2 * L);
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
        long upper = from + (long) units * (16 * BYTES);
        two(w, from, upper, units, x, a, b, chunk, scales, 0, sums, to);
        two(w, from + 2 * BYTES, upper + 2 * BYTES, units, x, a, b, chunk, scales, 2 * L, sums, to + 2 * L);
    }

    private static void one(
            MemorySegment w,
            long from,
            long upper,
            int units,
            Quantized x,
            int token,
            int chunk,
            ChunkScales scales,
            int row,
            float[] sums,
            int to) {
        IntVector fourBits = IntVector.fromArray(I, FourBits.FOUR_BITS, 0);
        IntVector upperBits = IntVector.fromArray(I, UPPER_BITS, 0);
        int[] pairs = x.pairs;
        int[] starts = x.starts5;
        int words = 4 * units;
        int unit = 0;
        int left = 4;
        int block = x.block(token, chunk);
        int pair = 16 * block;
        int start = block;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        ShortVector acc00 = IntVector.broadcast(I, starts[start]).reinterpretAsShorts();
        ShortVector acc01 = acc00;
        IntVector u0 = IntVector.fromMemorySegment(I, w, upper, LITTLE_ENDIAN);
        IntVector u1 = IntVector.fromMemorySegment(I, w, upper + BYTES, LITTLE_ENDIAN);
        int word = 0;
        long end = from + (long) words * (4 * BYTES);
        for (long at = from; at < end; at += 4 * BYTES) {
            IntVector v0 = IntVector.fromMemorySegment(I, w, at, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, w, at + 1 * BYTES, LITTLE_ENDIAN);
            IntVector h0 = u0.lanewise(LSHL, 4);
            IntVector h1 = u1.lanewise(LSHL, 4);
            ShortVector a0 = IntVector.broadcast(I, pairs[pair + 4 * word]).reinterpretAsShorts();
            ShortVector q0 =
                    v0.lanewise(AND, fourBits).or(h0.lanewise(AND, upperBits)).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            ShortVector q1 =
                    v1.lanewise(AND, fourBits).or(h1.lanewise(AND, upperBits)).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[pair + 4 * word + 1]).reinterpretAsShorts();
            h0 = h0.lanewise(LSHR, 1);
            q0 = v0.lanewise(LSHR, 4)
                    .lanewise(AND, fourBits)
                    .or(h0.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            h1 = h1.lanewise(LSHR, 1);
            q1 = v1.lanewise(LSHR, 4)
                    .lanewise(AND, fourBits)
                    .or(h1.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[pair + 4 * word + 2]).reinterpretAsShorts();
            h0 = h0.lanewise(LSHR, 1);
            q0 = v0.lanewise(LSHR, 8)
                    .lanewise(AND, fourBits)
                    .or(h0.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            h1 = h1.lanewise(LSHR, 1);
            q1 = v1.lanewise(LSHR, 8)
                    .lanewise(AND, fourBits)
                    .or(h1.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            a0 = IntVector.broadcast(I, pairs[pair + 4 * word + 3]).reinterpretAsShorts();
            h0 = h0.lanewise(LSHR, 1);
            q0 = v0.lanewise(LSHR, 12)
                    .lanewise(AND, fourBits)
                    .or(h0.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            h1 = h1.lanewise(LSHR, 1);
            q1 = v1.lanewise(LSHR, 12)
                    .lanewise(AND, fourBits)
                    .or(h1.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            u0 = u0.lanewise(LSHR, 4);
            u1 = u1.lanewise(LSHR, 4);
            if (--left == 0) {
                FloatVector s0 = FloatVector.broadcast(F, x.scales[block + unit]);
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
                if (scales.withMinima) {
                    FloatVector m0 = FloatVector.broadcast(F, x.sums[block + unit]);
                    sum00 = FloatVector.fromArray(F, scales.minima, unit * ROWS + row + 0 * L)
                            .fma(m0, sum00);
                    sum01 = FloatVector.fromArray(F, scales.minima, unit * ROWS + row + 1 * L)
                            .fma(m0, sum01);
                }
                unit++;
                left = 4;
                long next = upper + (long) Math.min(unit, units - 1) * (4 * BYTES);
                u0 = IntVector.fromMemorySegment(I, w, next, LITTLE_ENDIAN);
                u1 = IntVector.fromMemorySegment(I, w, next + BYTES, LITTLE_ENDIAN);
                acc00 = IntVector.broadcast(I, starts[start + unit]).reinterpretAsShorts();
                acc01 = acc00;
            }
            word++;
        }
        sum00.intoArray(sums, to);
        sum01.intoArray(sums, to + 1 * L);
    }

    private static void two(
            MemorySegment w,
            long from,
            long upper,
            int units,
            Quantized x,
            int a,
            int b,
            int chunk,
            ChunkScales scales,
            int row,
            float[] sums,
            int to) {
        IntVector fourBits = IntVector.fromArray(I, FourBits.FOUR_BITS, 0);
        IntVector upperBits = IntVector.fromArray(I, UPPER_BITS, 0);
        int[] pairs = x.pairs;
        int[] starts = x.starts5;
        int words = 4 * units;
        int unit = 0;
        int left = 4;
        int blockA = x.block(a, chunk);
        int blockB = x.block(b, chunk);
        int pairA = 16 * blockA;
        int startA = blockA;
        int pairB = 16 * blockB;
        int startB = blockB;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum10 = FloatVector.fromArray(F, sums, to + 4 * L);
        FloatVector sum11 = FloatVector.fromArray(F, sums, to + 5 * L);
        ShortVector acc00 = IntVector.broadcast(I, starts[startA]).reinterpretAsShorts();
        ShortVector acc01 = acc00;
        ShortVector acc10 = IntVector.broadcast(I, starts[startB]).reinterpretAsShorts();
        ShortVector acc11 = acc10;
        IntVector u0 = IntVector.fromMemorySegment(I, w, upper, LITTLE_ENDIAN);
        IntVector u1 = IntVector.fromMemorySegment(I, w, upper + BYTES, LITTLE_ENDIAN);
        int word = 0;
        long end = from + (long) words * (4 * BYTES);
        for (long at = from; at < end; at += 4 * BYTES) {
            IntVector v0 = IntVector.fromMemorySegment(I, w, at, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, w, at + 1 * BYTES, LITTLE_ENDIAN);
            IntVector h0 = u0.lanewise(LSHL, 4);
            IntVector h1 = u1.lanewise(LSHL, 4);
            ShortVector a0 = IntVector.broadcast(I, pairs[pairA + 4 * word]).reinterpretAsShorts();
            ShortVector a1 = IntVector.broadcast(I, pairs[pairB + 4 * word]).reinterpretAsShorts();
            ShortVector q0 =
                    v0.lanewise(AND, fourBits).or(h0.lanewise(AND, upperBits)).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            ShortVector q1 =
                    v1.lanewise(AND, fourBits).or(h1.lanewise(AND, upperBits)).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[pairA + 4 * word + 1]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[pairB + 4 * word + 1]).reinterpretAsShorts();
            h0 = h0.lanewise(LSHR, 1);
            q0 = v0.lanewise(LSHR, 4)
                    .lanewise(AND, fourBits)
                    .or(h0.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            h1 = h1.lanewise(LSHR, 1);
            q1 = v1.lanewise(LSHR, 4)
                    .lanewise(AND, fourBits)
                    .or(h1.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[pairA + 4 * word + 2]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[pairB + 4 * word + 2]).reinterpretAsShorts();
            h0 = h0.lanewise(LSHR, 1);
            q0 = v0.lanewise(LSHR, 8)
                    .lanewise(AND, fourBits)
                    .or(h0.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            h1 = h1.lanewise(LSHR, 1);
            q1 = v1.lanewise(LSHR, 8)
                    .lanewise(AND, fourBits)
                    .or(h1.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, pairs[pairA + 4 * word + 3]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, pairs[pairB + 4 * word + 3]).reinterpretAsShorts();
            h0 = h0.lanewise(LSHR, 1);
            q0 = v0.lanewise(LSHR, 12)
                    .lanewise(AND, fourBits)
                    .or(h0.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            h1 = h1.lanewise(LSHR, 1);
            q1 = v1.lanewise(LSHR, 12)
                    .lanewise(AND, fourBits)
                    .or(h1.lanewise(AND, upperBits))
                    .reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            u0 = u0.lanewise(LSHR, 4);
            u1 = u1.lanewise(LSHR, 4);
            if (--left == 0) {
                FloatVector s0 = FloatVector.broadcast(F, x.scales[blockA + unit]);
                FloatVector s1 = FloatVector.broadcast(F, x.scales[blockB + unit]);
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
                if (scales.withMinima) {
                    FloatVector m0 = FloatVector.broadcast(F, x.sums[blockA + unit]);
                    FloatVector m1 = FloatVector.broadcast(F, x.sums[blockB + unit]);
                    sum00 = FloatVector.fromArray(F, scales.minima, unit * ROWS + row + 0 * L)
                            .fma(m0, sum00);
                    sum01 = FloatVector.fromArray(F, scales.minima, unit * ROWS + row + 1 * L)
                            .fma(m0, sum01);
                    sum10 = FloatVector.fromArray(F, scales.minima, unit * ROWS + row + 0 * L)
                            .fma(m1, sum10);
                    sum11 = FloatVector.fromArray(F, scales.minima, unit * ROWS + row + 1 * L)
                            .fma(m1, sum11);
                }
                unit++;
                left = 4;
                long next = upper + (long) Math.min(unit, units - 1) * (4 * BYTES);
                u0 = IntVector.fromMemorySegment(I, w, next, LITTLE_ENDIAN);
                u1 = IntVector.fromMemorySegment(I, w, next + BYTES, LITTLE_ENDIAN);
                acc00 = IntVector.broadcast(I, starts[startA + unit]).reinterpretAsShorts();
                acc01 = acc00;
                acc10 = IntVector.broadcast(I, starts[startB + unit]).reinterpretAsShorts();
                acc11 = acc10;
            }
            word++;
        }
        sum00.intoArray(sums, to);
        sum01.intoArray(sums, to + 1 * L);
        sum10.intoArray(sums, to + 4 * L);
        sum11.intoArray(sums, to + 5 * L);
    }
}
