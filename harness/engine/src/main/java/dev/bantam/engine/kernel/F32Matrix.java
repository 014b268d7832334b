package dev.bantam.engine.kernel;

import java.lang.foreign.MemorySegment;

/** Plain floats, row after row. */
public record F32Matrix(MemorySegment data, int rows, int columns) implements Matrix {
    @Override
    public float dot(int row, float[] x, int at) {
        return Dot.of(data, 4L * row * columns, x, at, columns);
    }

    /** Four rows at a time, since the sums of one row wait for each other. */
    @Override
    public void dots(int first, int count, float[] x, int at, float[] sums) {
        int r = 0;
        for (; r <= count - 4; r += 4) {
            Dot.four(data, 4L * (first + r) * columns, x, at, columns, sums, r);
        }
        for (; r < count; r++) {
            sums[r] = dot(first + r, x, at);
        }
    }

    @Override
    public void row(int row, float[] into, int at) {
        MemorySegment.copy(data, Dot.FLOAT, 4L * row * columns, into, at, columns);
    }
}
