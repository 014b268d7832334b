package dev.bantam.engine.kernel.packed;

import static dev.bantam.engine.kernel.packed.Lanes.BYTES;
import static dev.bantam.engine.kernel.packed.Lanes.F;
import static dev.bantam.engine.kernel.packed.Lanes.I;
import static dev.bantam.engine.kernel.packed.Lanes.L;
import static dev.bantam.engine.kernel.packed.Lanes.ROWS;
import static dev.bantam.engine.kernel.packed.Lanes.S;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Products of five-bit weights with quantised activations, as {@link FourBits}: a block of 32 columns takes five words,
 * each half with three fields; the sixteenth field of a half has a bit at the top of each of the five.
 *
 * <p>Fields are not cut out: a half shifted by one field, less 32 times the half shifted by two, is a field, so each shifted
 * half meets the activation of its lowest field less 32 times that of the field before ({@link Quantized#terms5}). Sums of
 * sixteen bits may wrap around on the way, because the last one, less the centre, fits. With minima, which are of weights
 * without the centre, the centre is added again to what has been widened.
 */
final class FiveBits {
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
        int[] terms = x.terms5;
        int[] starts = x.starts5;
        int block = x.block(token, chunk);
        int term = 20 * block;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum02 = FloatVector.fromArray(F, sums, to + 2 * L);
        FloatVector sum03 = FloatVector.fromArray(F, sums, to + 3 * L);
        ShortVector acc00 = IntVector.broadcast(I, starts[block]).reinterpretAsShorts();
        ShortVector acc01 = acc00;
        ShortVector acc02 = acc00;
        ShortVector acc03 = acc00;
        int unit = 0;
        int left = 5;
        long end = from + (long) units * (20 * BYTES);
        for (long at = from; at < end; at += 4 * BYTES) {
            ShortVector v0 = ShortVector.fromMemorySegment(S, w, at, LITTLE_ENDIAN);
            ShortVector v1 = ShortVector.fromMemorySegment(S, w, at + 1 * BYTES, LITTLE_ENDIAN);
            ShortVector v2 = ShortVector.fromMemorySegment(S, w, at + 2 * BYTES, LITTLE_ENDIAN);
            ShortVector v3 = ShortVector.fromMemorySegment(S, w, at + 3 * BYTES, LITTLE_ENDIAN);
            ShortVector a0 = IntVector.broadcast(I, terms[term]).reinterpretAsShorts();
            acc00 = acc00.add(v0.mul(a0));
            acc01 = acc01.add(v1.mul(a0));
            acc02 = acc02.add(v2.mul(a0));
            acc03 = acc03.add(v3.mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 1]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 5).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 5).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 5).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 5).mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 2]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 10).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 10).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 10).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 10).mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 3]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 15).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 15).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 15).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 15).mul(a0));
            term += 4;
            if (--left == 0) {
                FloatVector s0 = FloatVector.broadcast(F, x.scales[block + unit]);
                FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS);
                FloatVector scale1 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 1 * L);
                FloatVector scale2 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 2 * L);
                FloatVector scale3 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 3 * L);
                IntVector whole0 = IntVector.broadcast(I, scales.withMinima ? 16 * x.totals[block + unit] : 0);
                sum00 = ((FloatVector) acc00.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc00.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole0)
                                .convert(I2F, 0))
                        .fma(scale0.mul(s0), sum00);
                sum01 = ((FloatVector) acc01.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc01.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole0)
                                .convert(I2F, 0))
                        .fma(scale1.mul(s0), sum01);
                sum02 = ((FloatVector) acc02.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc02.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole0)
                                .convert(I2F, 0))
                        .fma(scale2.mul(s0), sum02);
                sum03 = ((FloatVector) acc03.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc03.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole0)
                                .convert(I2F, 0))
                        .fma(scale3.mul(s0), sum03);
                if (scales.withMinima) {
                    FloatVector m0 = FloatVector.broadcast(F, x.sums[block + unit]);
                    sum00 = FloatVector.fromArray(F, scales.minima, unit * ROWS).fma(m0, sum00);
                    sum01 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 1 * L)
                            .fma(m0, sum01);
                    sum02 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 2 * L)
                            .fma(m0, sum02);
                    sum03 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 3 * L)
                            .fma(m0, sum03);
                }
                unit++;
                left = 5;
                acc00 = IntVector.broadcast(I, starts[block + unit]).reinterpretAsShorts();
                acc01 = acc00;
                acc02 = acc00;
                acc03 = acc00;
            }
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
        int[] terms = x.terms5;
        int[] starts = x.starts5;
        int blockA = x.block(a, chunk);
        int blockB = x.block(b, chunk);
        int termA = 20 * blockA;
        int termB = 20 * blockB;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum02 = FloatVector.fromArray(F, sums, to + 2 * L);
        FloatVector sum03 = FloatVector.fromArray(F, sums, to + 3 * L);
        FloatVector sum10 = FloatVector.fromArray(F, sums, to + 4 * L);
        FloatVector sum11 = FloatVector.fromArray(F, sums, to + 5 * L);
        FloatVector sum12 = FloatVector.fromArray(F, sums, to + 6 * L);
        FloatVector sum13 = FloatVector.fromArray(F, sums, to + 7 * L);
        ShortVector acc00 = IntVector.broadcast(I, starts[blockA]).reinterpretAsShorts();
        ShortVector acc01 = acc00;
        ShortVector acc02 = acc00;
        ShortVector acc03 = acc00;
        ShortVector acc10 = IntVector.broadcast(I, starts[blockB]).reinterpretAsShorts();
        ShortVector acc11 = acc10;
        ShortVector acc12 = acc10;
        ShortVector acc13 = acc10;
        int unit = 0;
        int left = 5;
        long end = from + (long) units * (20 * BYTES);
        for (long at = from; at < end; at += 4 * BYTES) {
            ShortVector v0 = ShortVector.fromMemorySegment(S, w, at, LITTLE_ENDIAN);
            ShortVector v1 = ShortVector.fromMemorySegment(S, w, at + 1 * BYTES, LITTLE_ENDIAN);
            ShortVector v2 = ShortVector.fromMemorySegment(S, w, at + 2 * BYTES, LITTLE_ENDIAN);
            ShortVector v3 = ShortVector.fromMemorySegment(S, w, at + 3 * BYTES, LITTLE_ENDIAN);
            ShortVector a0 = IntVector.broadcast(I, terms[termA]).reinterpretAsShorts();
            ShortVector a1 = IntVector.broadcast(I, terms[termB]).reinterpretAsShorts();
            acc00 = acc00.add(v0.mul(a0));
            acc10 = acc10.add(v0.mul(a1));
            acc01 = acc01.add(v1.mul(a0));
            acc11 = acc11.add(v1.mul(a1));
            acc02 = acc02.add(v2.mul(a0));
            acc12 = acc12.add(v2.mul(a1));
            acc03 = acc03.add(v3.mul(a0));
            acc13 = acc13.add(v3.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 1]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 1]).reinterpretAsShorts();
            ShortVector q0 = v0.lanewise(LSHR, 5);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            ShortVector q1 = v1.lanewise(LSHR, 5);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            ShortVector q2 = v2.lanewise(LSHR, 5);
            acc02 = acc02.add(q2.mul(a0));
            acc12 = acc12.add(q2.mul(a1));
            ShortVector q3 = v3.lanewise(LSHR, 5);
            acc03 = acc03.add(q3.mul(a0));
            acc13 = acc13.add(q3.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 2]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 2]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 10);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 10);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            q2 = v2.lanewise(LSHR, 10);
            acc02 = acc02.add(q2.mul(a0));
            acc12 = acc12.add(q2.mul(a1));
            q3 = v3.lanewise(LSHR, 10);
            acc03 = acc03.add(q3.mul(a0));
            acc13 = acc13.add(q3.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 3]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 3]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 15);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 15);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            q2 = v2.lanewise(LSHR, 15);
            acc02 = acc02.add(q2.mul(a0));
            acc12 = acc12.add(q2.mul(a1));
            q3 = v3.lanewise(LSHR, 15);
            acc03 = acc03.add(q3.mul(a0));
            acc13 = acc13.add(q3.mul(a1));
            termA += 4;
            termB += 4;
            if (--left == 0) {
                FloatVector s0 = FloatVector.broadcast(F, x.scales[blockA + unit]);
                FloatVector s1 = FloatVector.broadcast(F, x.scales[blockB + unit]);
                FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS);
                FloatVector scale1 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 1 * L);
                FloatVector scale2 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 2 * L);
                FloatVector scale3 = FloatVector.fromArray(F, scales.scales, unit * ROWS + 3 * L);
                IntVector whole0 = IntVector.broadcast(I, scales.withMinima ? 16 * x.totals[blockA + unit] : 0);
                sum00 = ((FloatVector) acc00.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc00.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole0)
                                .convert(I2F, 0))
                        .fma(scale0.mul(s0), sum00);
                sum01 = ((FloatVector) acc01.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc01.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole0)
                                .convert(I2F, 0))
                        .fma(scale1.mul(s0), sum01);
                sum02 = ((FloatVector) acc02.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc02.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole0)
                                .convert(I2F, 0))
                        .fma(scale2.mul(s0), sum02);
                sum03 = ((FloatVector) acc03.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc03.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole0)
                                .convert(I2F, 0))
                        .fma(scale3.mul(s0), sum03);
                IntVector whole1 = IntVector.broadcast(I, scales.withMinima ? 16 * x.totals[blockB + unit] : 0);
                sum10 = ((FloatVector) acc10.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc10.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole1)
                                .convert(I2F, 0))
                        .fma(scale0.mul(s1), sum10);
                sum11 = ((FloatVector) acc11.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc11.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole1)
                                .convert(I2F, 0))
                        .fma(scale1.mul(s1), sum11);
                sum12 = ((FloatVector) acc12.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc12.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole1)
                                .convert(I2F, 0))
                        .fma(scale2.mul(s1), sum12);
                sum13 = ((FloatVector) acc13.reinterpretAsInts()
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(acc13.reinterpretAsInts().lanewise(ASHR, 16))
                                .add(whole1)
                                .convert(I2F, 0))
                        .fma(scale3.mul(s1), sum13);
                if (scales.withMinima) {
                    FloatVector m0 = FloatVector.broadcast(F, x.sums[blockA + unit]);
                    sum00 = FloatVector.fromArray(F, scales.minima, unit * ROWS).fma(m0, sum00);
                    sum01 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 1 * L)
                            .fma(m0, sum01);
                    sum02 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 2 * L)
                            .fma(m0, sum02);
                    sum03 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 3 * L)
                            .fma(m0, sum03);
                    FloatVector m1 = FloatVector.broadcast(F, x.sums[blockB + unit]);
                    sum10 = FloatVector.fromArray(F, scales.minima, unit * ROWS).fma(m1, sum10);
                    sum11 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 1 * L)
                            .fma(m1, sum11);
                    sum12 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 2 * L)
                            .fma(m1, sum12);
                    sum13 = FloatVector.fromArray(F, scales.minima, unit * ROWS + 3 * L)
                            .fma(m1, sum13);
                }
                unit++;
                left = 5;
                acc00 = IntVector.broadcast(I, starts[blockA + unit]).reinterpretAsShorts();
                acc01 = acc00;
                acc02 = acc00;
                acc03 = acc00;
                acc10 = IntVector.broadcast(I, starts[blockB + unit]).reinterpretAsShorts();
                acc11 = acc10;
                acc12 = acc10;
                acc13 = acc10;
            }
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
