package dev.bantam.engine.kernel;

import static dev.bantam.engine.kernel.Dot.F;
import static dev.bantam.engine.kernel.Dot.LANES;
import static dev.bantam.engine.kernel.Dot.LE;
import static dev.bantam.engine.kernel.Dot.STEP;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The upper halves of floats, row after row. */
public record BF16Matrix(MemorySegment data, int rows, int columns) implements Matrix {
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LE);
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
    private static final VectorSpecies<Short> S =
            VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize() / 2));

    @Override
    public float dot(int row, float[] x, int at) {
        long base = 2L * row * columns;
        FloatVector even = FloatVector.zero(F);
        FloatVector odd = FloatVector.zero(F);
        int i = 0;
        for (; i <= columns - STEP; i += STEP) {
            long from = base + 2L * i;
            even = floats(data, from).fma(FloatVector.fromArray(F, x, at + i), even);
            odd = floats(data, from + 2L * LANES).fma(FloatVector.fromArray(F, x, at + i + LANES), odd);
        }
        float sum = Dot.sum(even, odd);
        for (; i < columns; i++) {
            sum = Math.fma(Float.intBitsToFloat(data.get(HALF, base + 2L * i) << 16), x[at + i], sum);
        }
        return sum;
    }

    @Override
    public void row(int row, float[] into, int at) {
        long base = 2L * row * columns;
        int i = 0;
        for (; i <= columns - LANES; i += LANES) {
            floats(data, base + 2L * i).intoArray(into, at + i);
        }
        for (; i < columns; i++) {
            into[at + i] = Float.intBitsToFloat(data.get(HALF, base + 2L * i) << 16);
        }
    }

    private static FloatVector floats(MemorySegment data, long from) {
        IntVector half =
                (IntVector) ShortVector.fromMemorySegment(S, data, from, LE).convertShape(ZERO_EXTEND_S2I, I, 0);
        return half.lanewise(LSHL, 16).reinterpretAsFloats();
    }
}
