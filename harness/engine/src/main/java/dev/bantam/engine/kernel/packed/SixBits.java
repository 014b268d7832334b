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
 * Products of six-bit weights with quantised activations, as {@link FiveBits}. Sixteen columns, of which eight products
 * stay within sixteen bits, take three words: each half of a word has two columns and four bits of a third; these are the
 * lower bits of columns 12 and 13, the lower bits of 14 and 15, and the upper bits of all four. No minima. For two tokens two
 * vectors of rows at a time: the compiler gives up a longer method.
 */
final class SixBits {
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
        int[] terms = x.terms6;
        int[] starts = x.starts6;
        int block = x.block(token, chunk);
        int term = 20 * block;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum02 = FloatVector.fromArray(F, sums, to + 2 * L);
        FloatVector sum03 = FloatVector.fromArray(F, sums, to + 3 * L);
        int unit = 0;
        long end = from + (long) units * (12 * BYTES);
        for (long at = from; at < end; at += 12 * BYTES) {
            ShortVector acc00 = IntVector.broadcast(I, starts[2 * block + unit]).reinterpretAsShorts();
            ShortVector acc01 = acc00;
            ShortVector acc02 = acc00;
            ShortVector acc03 = acc00;
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
            acc00 = acc00.add(v0.lanewise(LSHR, 6).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 6).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 6).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 6).mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 2]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 12).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 12).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 12).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 12).mul(a0));
            v0 = ShortVector.fromMemorySegment(S, w, at + 4 * BYTES, LITTLE_ENDIAN);
            v1 = ShortVector.fromMemorySegment(S, w, at + 5 * BYTES, LITTLE_ENDIAN);
            v2 = ShortVector.fromMemorySegment(S, w, at + 6 * BYTES, LITTLE_ENDIAN);
            v3 = ShortVector.fromMemorySegment(S, w, at + 7 * BYTES, LITTLE_ENDIAN);
            a0 = IntVector.broadcast(I, terms[term + 3]).reinterpretAsShorts();
            acc00 = acc00.add(v0.mul(a0));
            acc01 = acc01.add(v1.mul(a0));
            acc02 = acc02.add(v2.mul(a0));
            acc03 = acc03.add(v3.mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 4]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 6).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 6).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 6).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 6).mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 5]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 12).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 12).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 12).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 12).mul(a0));
            v0 = ShortVector.fromMemorySegment(S, w, at + 8 * BYTES, LITTLE_ENDIAN);
            v1 = ShortVector.fromMemorySegment(S, w, at + 9 * BYTES, LITTLE_ENDIAN);
            v2 = ShortVector.fromMemorySegment(S, w, at + 10 * BYTES, LITTLE_ENDIAN);
            v3 = ShortVector.fromMemorySegment(S, w, at + 11 * BYTES, LITTLE_ENDIAN);
            a0 = IntVector.broadcast(I, terms[term + 6]).reinterpretAsShorts();
            acc00 = acc00.add(v0.mul(a0));
            acc01 = acc01.add(v1.mul(a0));
            acc02 = acc02.add(v2.mul(a0));
            acc03 = acc03.add(v3.mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 7]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 6).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 6).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 6).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 6).mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 8]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 12).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 12).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 12).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 12).mul(a0));
            a0 = IntVector.broadcast(I, terms[term + 9]).reinterpretAsShorts();
            acc00 = acc00.add(v0.lanewise(LSHR, 14).mul(a0));
            acc01 = acc01.add(v1.lanewise(LSHR, 14).mul(a0));
            acc02 = acc02.add(v2.lanewise(LSHR, 14).mul(a0));
            acc03 = acc03.add(v3.lanewise(LSHR, 14).mul(a0));
            FloatVector s0 = FloatVector.broadcast(F, x.scales[block + (unit >> 1)]);
            FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS);
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
            term += 10;
            unit++;
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
        two(w, from, units, x, a, b, chunk, scales, 0, sums, to);
        two(w, from + 2 * BYTES, units, x, a, b, chunk, scales, 2 * L, sums, to + 2 * L);
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
        int[] terms = x.terms6;
        int[] starts = x.starts6;
        int blockA = x.block(a, chunk);
        int blockB = x.block(b, chunk);
        int termA = 20 * blockA;
        int termB = 20 * blockB;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum10 = FloatVector.fromArray(F, sums, to + 4 * L);
        FloatVector sum11 = FloatVector.fromArray(F, sums, to + 5 * L);
        int unit = 0;
        long end = from + (long) units * (12 * BYTES);
        for (long at = from; at < end; at += 12 * BYTES) {
            ShortVector acc00 =
                    IntVector.broadcast(I, starts[2 * blockA + unit]).reinterpretAsShorts();
            ShortVector acc01 = acc00;
            ShortVector acc10 =
                    IntVector.broadcast(I, starts[2 * blockB + unit]).reinterpretAsShorts();
            ShortVector acc11 = acc10;
            ShortVector v0 = ShortVector.fromMemorySegment(S, w, at, LITTLE_ENDIAN);
            ShortVector v1 = ShortVector.fromMemorySegment(S, w, at + 1 * BYTES, LITTLE_ENDIAN);
            ShortVector a0 = IntVector.broadcast(I, terms[termA]).reinterpretAsShorts();
            ShortVector a1 = IntVector.broadcast(I, terms[termB]).reinterpretAsShorts();
            acc00 = acc00.add(v0.mul(a0));
            acc10 = acc10.add(v0.mul(a1));
            acc01 = acc01.add(v1.mul(a0));
            acc11 = acc11.add(v1.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 1]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 1]).reinterpretAsShorts();
            ShortVector q0 = v0.lanewise(LSHR, 6);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            ShortVector q1 = v1.lanewise(LSHR, 6);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 2]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 2]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 12);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 12);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            v0 = ShortVector.fromMemorySegment(S, w, at + 4 * BYTES, LITTLE_ENDIAN);
            v1 = ShortVector.fromMemorySegment(S, w, at + 5 * BYTES, LITTLE_ENDIAN);
            a0 = IntVector.broadcast(I, terms[termA + 3]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 3]).reinterpretAsShorts();
            acc00 = acc00.add(v0.mul(a0));
            acc10 = acc10.add(v0.mul(a1));
            acc01 = acc01.add(v1.mul(a0));
            acc11 = acc11.add(v1.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 4]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 4]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 6);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 6);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 5]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 5]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 12);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 12);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            v0 = ShortVector.fromMemorySegment(S, w, at + 8 * BYTES, LITTLE_ENDIAN);
            v1 = ShortVector.fromMemorySegment(S, w, at + 9 * BYTES, LITTLE_ENDIAN);
            a0 = IntVector.broadcast(I, terms[termA + 6]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 6]).reinterpretAsShorts();
            acc00 = acc00.add(v0.mul(a0));
            acc10 = acc10.add(v0.mul(a1));
            acc01 = acc01.add(v1.mul(a0));
            acc11 = acc11.add(v1.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 7]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 7]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 6);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 6);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 8]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 8]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 12);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 12);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            a0 = IntVector.broadcast(I, terms[termA + 9]).reinterpretAsShorts();
            a1 = IntVector.broadcast(I, terms[termB + 9]).reinterpretAsShorts();
            q0 = v0.lanewise(LSHR, 14);
            acc00 = acc00.add(q0.mul(a0));
            acc10 = acc10.add(q0.mul(a1));
            q1 = v1.lanewise(LSHR, 14);
            acc01 = acc01.add(q1.mul(a0));
            acc11 = acc11.add(q1.mul(a1));
            FloatVector s0 = FloatVector.broadcast(F, x.scales[blockA + (unit >> 1)]);
            FloatVector s1 = FloatVector.broadcast(F, x.scales[blockB + (unit >> 1)]);
            FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row);
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
            termA += 10;
            termB += 10;
            unit++;
        }
        sum00.intoArray(sums, to);
        sum01.intoArray(sums, to + 1 * L);
        sum10.intoArray(sums, to + 4 * L);
        sum11.intoArray(sums, to + 5 * L);
    }
}
