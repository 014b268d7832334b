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
 * Products of four-bit weights with quantised activations. A word holds eight consecutive columns of a row: each half four
 * fields, the even columns in the lower half and the odd ones in the upper; a broadcast pair of activations meets a field of
 * both. Sixteen products of four and eight bits a half stay within its sixteen bits, less the centre or not, so a block of
 * 32 columns is summed before it is widened. With minima, weights are without the centre.
 *
 * <p>Vector calls stand here in full: a helper method would not be inlined into code of this size, and vectors would be
 * boxed. For the same reason the loop over words is flat and the mask is loaded from an array.
 */
final class FourBits {
    private static final int[] FOUR_BITS = new int[I.length()];

    static {
        Arrays.fill(FOUR_BITS, 0x000f000f);
    }

    private FourBits() {}

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
        IntVector mask = IntVector.fromArray(I, FOUR_BITS, 0);
        int[] terms = x.terms4;
        int[] starts = x.starts4;
        int words = 4 * units;
        int centred = scales.withMinima ? 0 : 1;
        int block = x.block(token, chunk);
        int pair = 16 * block;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum02 = FloatVector.fromArray(F, sums, to + 2 * L);
        FloatVector sum03 = FloatVector.fromArray(F, sums, to + 3 * L);
        ShortVector acc00 = IntVector.broadcast(I, centred * starts[block]).reinterpretAsShorts();
        ShortVector acc01 = acc00;
        ShortVector acc02 = acc00;
        ShortVector acc03 = acc00;
        int word = 0;
        long end = from + (long) words * (4 * BYTES);
        for (long at = from; at < end; at += 4 * BYTES) {
            IntVector v0 = IntVector.fromMemorySegment(I, w, at, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, w, at + 1 * BYTES, LITTLE_ENDIAN);
            IntVector v2 = IntVector.fromMemorySegment(I, w, at + 2 * BYTES, LITTLE_ENDIAN);
            IntVector v3 = IntVector.fromMemorySegment(I, w, at + 3 * BYTES, LITTLE_ENDIAN);
            ShortVector a0 = IntVector.broadcast(I, terms[pair + 4 * word]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(AND, mask).reinterpretAsShorts().mul(a0));
            acc01 = acc01.add(v1.lanewise(AND, mask).reinterpretAsShorts().mul(a0));
            acc02 = acc02.add(v2.lanewise(AND, mask).reinterpretAsShorts().mul(a0));
            acc03 = acc03.add(v3.lanewise(AND, mask).reinterpretAsShorts().mul(a0));
            a0 = IntVector.broadcast(I, terms[pair + 4 * word + 1]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 4)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 4)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 4)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 4)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            a0 = IntVector.broadcast(I, terms[pair + 4 * word + 2]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 8)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 8)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 8)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 8)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            a0 = IntVector.broadcast(I, terms[pair + 4 * word + 3]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 12)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 12)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 12)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 12)
                    .lanewise(AND, mask)
                    .reinterpretAsShorts()
                    .mul(a0));
            if ((word & 3) == 3) {
                int unit = word >> 2;
                FloatVector s0 = FloatVector.broadcast(F, x.scales[block + unit]);
                FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 0 * L);
                FloatVector scale1 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 1 * L);
                FloatVector scale2 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 2 * L);
                FloatVector scale3 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 3 * L);
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
                sum02 = ((FloatVector) acc02.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc02.reinterpretAsInts().lanewise(ASHR, 16))
                                .convert(I2F, 0))
                        .fma(scale2.mul(s0), sum02);
                sum03 = ((FloatVector) acc03.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc03.reinterpretAsInts().lanewise(ASHR, 16))
                                .convert(I2F, 0))
                        .fma(scale3.mul(s0), sum03);
                if (scales.withMinima) {
                    FloatVector m0 = FloatVector.broadcast(F, x.sums[block + unit]);
                    sum00 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 0 * L)
                            .fma(m0, sum00);
                    sum01 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 1 * L)
                            .fma(m0, sum01);
                    sum02 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 2 * L)
                            .fma(m0, sum02);
                    sum03 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 3 * L)
                            .fma(m0, sum03);
                }
                acc00 = IntVector.broadcast(I, centred * starts[block + unit + 1])
                        .reinterpretAsShorts();
                acc01 = acc00;
                acc02 = acc00;
                acc03 = acc00;
            }
            word++;
        }
        sum00.intoArray(sums, to);
        sum01.intoArray(sums, to + 1 * L);
        sum02.intoArray(sums, to + 2 * L);
        sum03.intoArray(sums, to + 3 * L);
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
        IntVector mask = IntVector.fromArray(I, FOUR_BITS, 0);
        int[] terms = x.terms4;
        int[] starts = x.starts4;
        int words = 4 * units;
        int centred = scales.withMinima ? 0 : 1;
        int blockA = x.block(a, chunk);
        int blockB = x.block(b, chunk);
        int pairA = 16 * blockA;
        int pairB = 16 * blockB;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum02 = FloatVector.fromArray(F, sums, to + 2 * L);
        FloatVector sum03 = FloatVector.fromArray(F, sums, to + 3 * L);
        FloatVector sum10 = FloatVector.fromArray(F, sums, to + 4 * L);
        FloatVector sum11 = FloatVector.fromArray(F, sums, to + 5 * L);
        FloatVector sum12 = FloatVector.fromArray(F, sums, to + 6 * L);
        FloatVector sum13 = FloatVector.fromArray(F, sums, to + 7 * L);
        ShortVector acc00 = IntVector.broadcast(I, centred * starts[blockA]).reinterpretAsShorts();
        ShortVector acc01 = acc00;
        ShortVector acc02 = acc00;
        ShortVector acc03 = acc00;
        ShortVector acc10 = IntVector.broadcast(I, centred * starts[blockB]).reinterpretAsShorts();
        ShortVector acc11 = acc10;
        ShortVector acc12 = acc10;
        ShortVector acc13 = acc10;
        int word = 0;
        long end = from + (long) words * (4 * BYTES);
        for (long at = from; at < end; at += 4 * BYTES) {
            IntVector v0 = IntVector.fromMemorySegment(I, w, at, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, w, at + 1 * BYTES, LITTLE_ENDIAN);
            IntVector v2 = IntVector.fromMemorySegment(I, w, at + 2 * BYTES, LITTLE_ENDIAN);
            IntVector v3 = IntVector.fromMemorySegment(I, w, at + 3 * BYTES, LITTLE_ENDIAN);
            ShortVector a0 = IntVector.broadcast(I, terms[pairA + 4 * word]).reinterpretAsShorts();
            ShortVector a1 = IntVector.broadcast(I, terms[pairB + 4 * word]).reinterpretAsShorts();
            ShortVector q0 = v0.lanewise(AND, mask).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            ShortVector q1 = v1.lanewise(AND, mask).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            ShortVector q2 = v2.lanewise(AND, mask).reinterpretAsShorts();
            acc02 = acc02.add(q2.mul(a0));
            acc12 = acc12.add(q2.mul(a1));
            ShortVector q3 = v3.lanewise(AND, mask).reinterpretAsShorts();
            acc03 = acc03.add(q3.mul(a0));
            acc13 = acc13.add(q3.mul(a1));
            a0 = IntVector.broadcast(I, terms[pairA + 4 * word + 1]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[pairB + 4 * word + 1]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 4).lanewise(AND, mask).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 4).lanewise(AND, mask).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            q2 = v2.lanewise(LSHR, 4).lanewise(AND, mask).reinterpretAsShorts();
            acc02 = acc02.add(q2.mul(a0));
            acc12 = acc12.add(q2.mul(a1));
            q3 = v3.lanewise(LSHR, 4).lanewise(AND, mask).reinterpretAsShorts();
            acc03 = acc03.add(q3.mul(a0));
            acc13 = acc13.add(q3.mul(a1));
            a0 = IntVector.broadcast(I, terms[pairA + 4 * word + 2]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[pairB + 4 * word + 2]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 8).lanewise(AND, mask).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 8).lanewise(AND, mask).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            q2 = v2.lanewise(LSHR, 8).lanewise(AND, mask).reinterpretAsShorts();
            acc02 = acc02.add(q2.mul(a0));
            acc12 = acc12.add(q2.mul(a1));
            q3 = v3.lanewise(LSHR, 8).lanewise(AND, mask).reinterpretAsShorts();
            acc03 = acc03.add(q3.mul(a0));
            acc13 = acc13.add(q3.mul(a1));
            a0 = IntVector.broadcast(I, terms[pairA + 4 * word + 3]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[pairB + 4 * word + 3]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 12).lanewise(AND, mask).reinterpretAsShorts();
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 12).lanewise(AND, mask).reinterpretAsShorts();
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            q2 = v2.lanewise(LSHR, 12).lanewise(AND, mask).reinterpretAsShorts();
            acc02 = acc02.add(q2.mul(a0));
            acc12 = acc12.add(q2.mul(a1));
            q3 = v3.lanewise(LSHR, 12).lanewise(AND, mask).reinterpretAsShorts();
            acc03 = acc03.add(q3.mul(a0));
            acc13 = acc13.add(q3.mul(a1));
            if ((word & 3) == 3) {
                int unit = word >> 2;
                FloatVector s0 = FloatVector.broadcast(F, x.scales[blockA + unit]);
                FloatVector s1 = FloatVector.broadcast(F, x.scales[blockB + unit]);
                FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 0 * L);
                FloatVector scale1 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 1 * L);
                FloatVector scale2 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 2 * L);
                FloatVector scale3 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 3 * L);
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
                sum02 = ((FloatVector) acc02.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc02.reinterpretAsInts().lanewise(ASHR, 16))
                                .convert(I2F, 0))
                        .fma(scale2.mul(s0), sum02);
                sum03 = ((FloatVector) acc03.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc03.reinterpretAsInts().lanewise(ASHR, 16))
                                .convert(I2F, 0))
                        .fma(scale3.mul(s0), sum03);
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
                sum12 = ((FloatVector) acc12.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc12.reinterpretAsInts().lanewise(ASHR, 16))
                                .convert(I2F, 0))
                        .fma(scale2.mul(s1), sum12);
                sum13 = ((FloatVector) acc13.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc13.reinterpretAsInts().lanewise(ASHR, 16))
                                .convert(I2F, 0))
                        .fma(scale3.mul(s1), sum13);
                if (scales.withMinima) {
                    FloatVector m0 = FloatVector.broadcast(F, x.sums[blockA + unit]);
                    FloatVector m1 = FloatVector.broadcast(F, x.sums[blockB + unit]);
                    sum00 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 0 * L)
                            .fma(m0, sum00);
                    sum01 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 1 * L)
                            .fma(m0, sum01);
                    sum02 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 2 * L)
                            .fma(m0, sum02);
                    sum03 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 3 * L)
                            .fma(m0, sum03);
                    sum10 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 0 * L)
                            .fma(m1, sum10);
                    sum11 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 1 * L)
                            .fma(m1, sum11);
                    sum12 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 2 * L)
                            .fma(m1, sum12);
                    sum13 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 3 * L)
                            .fma(m1, sum13);
                }
                acc00 = IntVector.broadcast(I, centred * starts[blockA + unit + 1])
                        .reinterpretAsShorts();
                acc01 = acc00;
                acc02 = acc00;
                acc03 = acc00;
                acc10 = IntVector.broadcast(I, centred * starts[blockB + unit + 1])
                        .reinterpretAsShorts();
                acc11 = acc10;
                acc12 = acc10;
                acc13 = acc10;
            }
            word++;
        }
        sum00.intoArray(sums, to);
        sum01.intoArray(sums, to + 1 * L);
        sum02.intoArray(sums, to + 2 * L);
        sum03.intoArray(sums, to + 3 * L);
        sum10.intoArray(sums, to + 4 * L);
        sum11.intoArray(sums, to + 5 * L);
        sum12.intoArray(sums, to + 6 * L);
        sum13.intoArray(sums, to + 7 * L);
    }
}
