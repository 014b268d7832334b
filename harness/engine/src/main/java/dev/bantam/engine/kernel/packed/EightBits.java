package dev.bantam.engine.kernel.packed;

import static dev.bantam.engine.kernel.packed.Lanes.BYTES;
import static dev.bantam.engine.kernel.packed.Lanes.F;
import static dev.bantam.engine.kernel.packed.Lanes.I;
import static dev.bantam.engine.kernel.packed.Lanes.L;
import static dev.bantam.engine.kernel.packed.Lanes.ROWS;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Products of eight-bit weights with quantised activations, as {@link FourBits}. A word holds four consecutive columns, two
 * in each half, of which only two products stay within sixteen bits, so each word is widened: the sum of whole words, less
 * the sum of their upper halves moved up, is the sum of the lower halves, once both are made positive. Two vectors of rows
 * at a time, for want of registers. No minima.
 */
final class EightBits {
    /** What makes the sixteen halves of a block positive. */
    private static final int BIAS = 16 << 15;

    private static final int[] SECOND = new int[I.length()];

    static {
        Arrays.fill(SECOND, 0x00ff00ff);
    }

    private EightBits() {}

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
        IntVector second = IntVector.fromArray(I, SECOND, 0);
        int[] terms = x.terms8;
        int[] starts = x.starts8;
        int block = x.block(token, chunk);
        int word = 8 * block;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        IntVector all00 = IntVector.broadcast(I, -BIAS);
        IntVector all01 = all00;
        IntVector upper00 = IntVector.zero(I);
        IntVector upper01 = IntVector.zero(I);
        int unit = 0;
        int left = 8;
        long end = from + (long) units * (32 * BYTES);
        for (long at = from; at < end; at += 4 * BYTES) {
            IntVector v0 = IntVector.fromMemorySegment(I, w, at, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, w, at + 1 * BYTES, LITTLE_ENDIAN);
            ShortVector q0 = v0.lanewise(LSHR, 8).lanewise(AND, second).reinterpretAsShorts();
            ShortVector q1 = v1.lanewise(LSHR, 8).lanewise(AND, second).reinterpretAsShorts();
            ShortVector c0 = IntVector.broadcast(I, starts[word]).reinterpretAsShorts();
            ShortVector a0 = IntVector.broadcast(I, terms[2 * word]).reinterpretAsShorts();
            ShortVector b0 = IntVector.broadcast(I, terms[2 * word + 1]).reinterpretAsShorts();
            IntVector p00 =
                    c0.add(v0.reinterpretAsShorts().mul(a0)).add(q0.mul(b0)).reinterpretAsInts();
            all00 = all00.add(p00);
            upper00 = upper00.add(p00.lanewise(LSHR, 16));
            IntVector p01 =
                    c0.add(v1.reinterpretAsShorts().mul(a0)).add(q1.mul(b0)).reinterpretAsInts();
            all01 = all01.add(p01);
            upper01 = upper01.add(p01.lanewise(LSHR, 16));
            word++;
            if (--left == 0) {
                FloatVector s0 = FloatVector.broadcast(F, x.scales[block + unit]);
                FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row);
                FloatVector scale1 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row + 1 * L);
                sum00 = ((FloatVector) all00.sub(upper00.lanewise(LSHL, 16))
                                .add(upper00)
                                .convert(I2F, 0))
                        .fma(scale0.mul(s0), sum00);
                sum01 = ((FloatVector) all01.sub(upper01.lanewise(LSHL, 16))
                                .add(upper01)
                                .convert(I2F, 0))
                        .fma(scale1.mul(s0), sum01);
                unit++;
                left = 8;
                all00 = IntVector.broadcast(I, -BIAS);
                all01 = all00;
                upper00 = IntVector.zero(I);
                upper01 = IntVector.zero(I);
            }
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
        IntVector second = IntVector.fromArray(I, SECOND, 0);
        int[] terms = x.terms8;
        int[] starts = x.starts8;
        int blockA = x.block(a, chunk);
        int blockB = x.block(b, chunk);
        int wordA = 8 * blockA;
        int wordB = 8 * blockB;
        FloatVector sum00 = FloatVector.fromArray(F, sums, to);
        FloatVector sum01 = FloatVector.fromArray(F, sums, to + 1 * L);
        FloatVector sum10 = FloatVector.fromArray(F, sums, to + 4 * L);
        FloatVector sum11 = FloatVector.fromArray(F, sums, to + 5 * L);
        IntVector all00 = IntVector.broadcast(I, -BIAS);
        IntVector all01 = all00;
        IntVector upper00 = IntVector.zero(I);
        IntVector upper01 = IntVector.zero(I);
        IntVector all10 = IntVector.broadcast(I, -BIAS);
        IntVector all11 = all10;
        IntVector upper10 = IntVector.zero(I);
        IntVector upper11 = IntVector.zero(I);
        int unit = 0;
        int left = 8;
        long end = from + (long) units * (32 * BYTES);
        for (long at = from; at < end; at += 4 * BYTES) {
            IntVector v0 = IntVector.fromMemorySegment(I, w, at, LITTLE_ENDIAN);
            IntVector v1 = IntVector.fromMemorySegment(I, w, at + 1 * BYTES, LITTLE_ENDIAN);
            ShortVector q0 = v0.lanewise(LSHR, 8).lanewise(AND, second).reinterpretAsShorts();
            ShortVector q1 = v1.lanewise(LSHR, 8).lanewise(AND, second).reinterpretAsShorts();
            ShortVector c0 = IntVector.broadcast(I, starts[wordA]).reinterpretAsShorts();
            ShortVector a0 = IntVector.broadcast(I, terms[2 * wordA]).reinterpretAsShorts();
            ShortVector b0 = IntVector.broadcast(I, terms[2 * wordA + 1]).reinterpretAsShorts();
            IntVector p00 =
                    c0.add(v0.reinterpretAsShorts().mul(a0)).add(q0.mul(b0)).reinterpretAsInts();
            all00 = all00.add(p00);
            upper00 = upper00.add(p00.lanewise(LSHR, 16));
            IntVector p01 =
                    c0.add(v1.reinterpretAsShorts().mul(a0)).add(q1.mul(b0)).reinterpretAsInts();
            all01 = all01.add(p01);
            upper01 = upper01.add(p01.lanewise(LSHR, 16));
            wordA++;
            ShortVector c1 = IntVector.broadcast(I, starts[wordB]).reinterpretAsShorts();
            ShortVector a1 = IntVector.broadcast(I, terms[2 * wordB]).reinterpretAsShorts();
            ShortVector b1 = IntVector.broadcast(I, terms[2 * wordB + 1]).reinterpretAsShorts();
            IntVector p10 =
                    c1.add(v0.reinterpretAsShorts().mul(a1)).add(q0.mul(b1)).reinterpretAsInts();
            all10 = all10.add(p10);
            upper10 = upper10.add(p10.lanewise(LSHR, 16));
            IntVector p11 =
                    c1.add(v1.reinterpretAsShorts().mul(a1)).add(q1.mul(b1)).reinterpretAsInts();
            all11 = all11.add(p11);
            upper11 = upper11.add(p11.lanewise(LSHR, 16));
            wordB++;
            if (--left == 0) {
                FloatVector s0 = FloatVector.broadcast(F, x.scales[blockA + unit]);
                FloatVector s1 = FloatVector.broadcast(F, x.scales[blockB + unit]);
                FloatVector scale0 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row);
                FloatVector scale1 = FloatVector.fromArray(F, scales.scales, unit * ROWS + row + 1 * L);
                sum00 = ((FloatVector) all00.sub(upper00.lanewise(LSHL, 16))
                                .add(upper00)
                                .convert(I2F, 0))
                        .fma(scale0.mul(s0), sum00);
                sum01 = ((FloatVector) all01.sub(upper01.lanewise(LSHL, 16))
                                .add(upper01)
                                .convert(I2F, 0))
                        .fma(scale1.mul(s0), sum01);
                sum10 = ((FloatVector) all10.sub(upper10.lanewise(LSHL, 16))
                                .add(upper10)
                                .convert(I2F, 0))
                        .fma(scale0.mul(s1), sum10);
                sum11 = ((FloatVector) all11.sub(upper11.lanewise(LSHL, 16))
                                .add(upper11)
                                .convert(I2F, 0))
                        .fma(scale1.mul(s1), sum11);
                unit++;
                left = 8;
                all00 = IntVector.broadcast(I, -BIAS);
                all01 = all00;
                upper00 = IntVector.zero(I);
                upper01 = IntVector.zero(I);
                all10 = IntVector.broadcast(I, -BIAS);
                all11 = all10;
                upper10 = IntVector.zero(I);
                upper11 = IntVector.zero(I);
            }
        }
        sum00.intoArray(sums, to);
        sum01.intoArray(sums, to + 1 * L);
        sum10.intoArray(sums, to + 4 * L);
        sum11.intoArray(sums, to + 5 * L);
    }
}
