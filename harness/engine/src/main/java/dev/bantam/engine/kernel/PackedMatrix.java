package dev.bantam.engine.kernel;

import dev.bantam.engine.kernel.block.Packable;
import dev.bantam.engine.kernel.packed.PackMemory;
import dev.bantam.engine.kernel.packed.PackedWeights;
import java.lang.foreign.MemorySegment;

/**
 * Quantised weights that are multiplied in integers, with activations rounded to bytes: several times faster than
 * {@link BlockMatrix}, and less exact by that rounding. {@link #dot} and {@link #row} do not round.
 */
public record PackedMatrix(BlockMatrix file, PackedWeights packed) implements Matrix {
    public PackedMatrix(Packable layout, MemorySegment data, int rows, int columns, PackMemory memory) {
        this(new BlockMatrix(layout, data, rows, columns), new PackedWeights(layout, data, rows, columns, memory));
    }

    @Override
    public int rows() {
        return file.rows();
    }

    @Override
    public int columns() {
        return file.columns();
    }

    @Override
    public float dot(int row, float[] x, int at) {
        return file.dot(row, x, at);
    }

    @Override
    public void row(int row, float[] into, int at) {
        file.row(row, into, at);
    }
}
