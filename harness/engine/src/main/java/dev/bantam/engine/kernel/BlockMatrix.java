package dev.bantam.engine.kernel;

import dev.bantam.engine.kernel.block.BlockLayout;
import java.lang.foreign.MemorySegment;

/** Quantised weights as they lie in the file, block after block, row after row; computed with as floats. */
public record BlockMatrix(BlockLayout layout, MemorySegment data, int rows, int columns) implements Matrix {
    @Override
    public float dot(int row, float[] x, int at) {
        float[] weights = new float[columns];
        row(row, weights, 0);
        return Dot.of(weights, x, at, columns);
    }

    @Override
    public void row(int row, float[] into, int at) {
        int blocks = columns / layout.weights();
        long from = (long) row * blocks * layout.bytes();
        for (int b = 0; b < blocks; b++) {
            layout.unpack(data, from, into, at + b * layout.weights());
            from += layout.bytes();
        }
    }
}
