package dev.bantam.engine.kernel.packed;

import static dev.bantam.engine.kernel.packed.Lanes.BYTES;
import static dev.bantam.engine.kernel.packed.Lanes.CHUNK;
import static dev.bantam.engine.kernel.packed.Lanes.F;
import static dev.bantam.engine.kernel.packed.Lanes.HALF;
import static dev.bantam.engine.kernel.packed.Lanes.I;
import static dev.bantam.engine.kernel.packed.Lanes.L;
import static dev.bantam.engine.kernel.packed.Lanes.QUARTER;
import static dev.bantam.engine.kernel.packed.Lanes.ROWS;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.bantam.engine.kernel.block.Packable;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/** The scales of a chunk of packed weights, unpacked to floats. One thread's. */
final class ChunkScales {
    final float[] scales = new float[2 * CHUNK * ROWS]; // (units, ROWS); a unit is 32 columns, with six bits 16
    final float[] minima = new float[CHUNK * ROWS]; // (units, ROWS)
    boolean withMinima;

    /** Bytes that the scales of {@code blocks} times 32 columns take. */
    static int bytes(Packable layout, int blocks) {
        return switch (layout.scales()) {
            case HALF -> 2 * blocks * ROWS;
            case POWER -> blocks * ROWS;
            case FLOAT -> 4 * blocks * ROWS;
            case FLOAT_AND_MINIMUM -> 8 * blocks * ROWS;
            case SIGNED -> (4 + 2 * blocks) * ROWS;
            case TWO -> (8 + 2 * blocks) * ROWS;
        };
    }

    /** Reads those at byte {@code from}. */
    void read(Packable layout, MemorySegment w, long from, int blocks) {
        int count = blocks * ROWS;
        withMinima = false;
        switch (layout.scales()) {
            case HALF -> halves(w, from, count, scales);
            case POWER -> powers(w, from, count, scales);
            case FLOAT -> floats(w, from, count, scales);
            case FLOAT_AND_MINIMUM -> {
                floats(w, from, count, scales);
                floats(w, from + 4L * count, count, minima);
                withMinima = true;
            }
            case SIGNED -> {
                for (int unit = 0; unit < 2 * blocks; unit++) {
                    times(w, from, from + 4 * ROWS + (long) unit * ROWS, scales, unit * ROWS);
                }
            }
            case TWO -> {
                for (int unit = 0; unit < blocks; unit++) {
                    times(w, from, from + 8 * ROWS + (long) unit * ROWS, scales, unit * ROWS);
                    times(w, from + 4 * ROWS, from + 8 * ROWS + (long) (blocks + unit) * ROWS, minima, unit * ROWS);
                }
                withMinima = true;
            }
        }
    }

    /** Moves exponent and fraction into a float's places, as in F16Matrix. */
    private static void halves(MemorySegment w, long from, int count, float[] into) {
        for (int i = 0; i < count; i += L) {
            IntVector half = (IntVector) ShortVector.fromMemorySegment(HALF, w, from + 2L * i, LITTLE_ENDIAN)
                    .convertShape(S2I, I, 0);
            half.lanewise(LSHL, 13)
                    .lanewise(AND, 0x8fffe000)
                    .reinterpretAsFloats()
                    .mul(0x1p112f)
                    .intoArray(into, i);
        }
    }

    /** Puts exponents in their place. A scale too small for an exponent is zero. */
    private static void powers(MemorySegment w, long from, int count, float[] into) {
        int per = QUARTER.length();
        for (int i = 0; i < count; i += per) {
            ByteVector exponents = ByteVector.fromMemorySegment(QUARTER, w, from + i, LITTLE_ENDIAN);
            for (int part = 0; part < per / L; part++) {
                IntVector bits = (IntVector) exponents.convertShape(ZERO_EXTEND_B2I, I, part);
                bits.lanewise(LSHL, 23).reinterpretAsFloats().intoArray(into, i + part * L);
            }
        }
    }

    private static void floats(MemorySegment w, long from, int count, float[] into) {
        for (int i = 0; i < count; i += L) {
            FloatVector.fromMemorySegment(F, w, from + 4L * i, LITTLE_ENDIAN).intoArray(into, i);
        }
    }

    /** into[at + r] = float r at {@code floats} · signed byte r at {@code bytes}. */
    private static void times(MemorySegment w, long floats, long bytes, float[] into, int at) {
        for (int j = 0; j < 4; j++) {
            FloatVector factor = L == 4
                    ? (FloatVector) ByteVector.fromMemorySegment(QUARTER, w, bytes + (j & 2) * L, LITTLE_ENDIAN)
                            .castShape(F, j & 1)
                    : (FloatVector) ByteVector.fromMemorySegment(QUARTER, w, bytes + (long) j * L, LITTLE_ENDIAN)
                            .castShape(F, 0);
            FloatVector.fromMemorySegment(F, w, floats + (long) j * BYTES, LITTLE_ENDIAN)
                    .mul(factor)
                    .intoArray(into, at + j * L);
        }
    }
}
