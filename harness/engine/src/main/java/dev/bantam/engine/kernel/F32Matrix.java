package dev.bantam.engine.kernel;

import java.lang.foreign.MemorySegment;

/** Plain floats, row after row. */
public record F32Matrix(MemorySegment data, int rows, int columns) implements Matrix {
    @Override
    public float dot(int row, float[] x, int at) {
        return Dot.of(data, 4L * row * columns, x, at, columns);
    }

    @Override
    public void row(int row, float[] into, int at) {
        MemorySegment.copy(data, Dot.FLOAT, 4L * row * columns, into, at, columns);
    }
}
