package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;
import static dev.bantam.engine.kernel.Dot.LE;
import static dev.bantam.engine.kernel.Dot.STEP;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Q8_0: blocks of 32 weights in 34 bytes, a half float scale d and 32 signed bytes q; weight i is d · q[i]. */
public record Q8Matrix(MemorySegment data, int rows, int columns) implements Matrix {
    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = 34;
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LE);
    /** As many bytes as a vector has floats; no vector is shorter than 8 bytes, so 4 floats share one with the next 4. */
    private static final VectorSpecies<Byte> B =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, F.vectorBitSize() / 4)));

    @Override
    public float dot(int row, float[] x, int at) {
        long from = rowStart(row);
        FloatVector even = FloatVector.zero(F);
        FloatVector odd = FloatVector.zero(F);
        for (int i = 0; i < columns; i += BLOCK, from += BLOCK_BYTES) {
            FloatVector d = scale(data, from);
            for (int j = 0; j < BLOCK; j += STEP) {
                FloatVector w0 = quants(data, from + 2 + j, 0).mul(d);
                FloatVector w1 = quants(data, from + 2 + j, 1).mul(d);
                even = w0.fma(FloatVector.fromArray(F, x, at + i + j), even);
                odd = w1.fma(FloatVector.fromArray(F, x, at + i + j + LANES), odd);
            }
        }
        return Dot.sum(even, odd);
    }

    @Override
    public void row(int row, float[] into, int at) {
        long from = rowStart(row);
        for (int i = 0; i < columns; i += BLOCK, from += BLOCK_BYTES) {
            FloatVector d = scale(data, from);
            for (int j = 0; j < BLOCK; j += STEP) {
                quants(data, from + 2 + j, 0).mul(d).intoArray(into, at + i + j);
                quants(data, from + 2 + j, 1).mul(d).intoArray(into, at + i + j + LANES);
            }
        }
    }

    private long rowStart(int row) {
        return (long) row * (columns / BLOCK) * BLOCK_BYTES;
    }

    private static FloatVector scale(MemorySegment data, long from) {
        return FloatVector.broadcast(F, Float.float16ToFloat(data.get(HALF, from)));
    }

    /** The first or second half of the {@code STEP} bytes at {@code from}, as floats. */
    private static FloatVector quants(MemorySegment data, long from, int half) {
        if (LANES == 4) {
            return (FloatVector) ByteVector.fromMemorySegment(B, data, from, LE).castShape(F, half);
        }
        return (FloatVector) ByteVector.fromMemorySegment(B, data, from + (long) half * LANES, LE)
                .castShape(F, 0);
    }
}
