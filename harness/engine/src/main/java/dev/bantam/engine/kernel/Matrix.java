package dev.bantam.engine.kernel;

/**
 * A weight matrix W of (rows, columns) as it lies in the model file. Safe for many threads.
 *
 * <p>Both ways to multiply give the same bits: {@link #dot} must sum as {@link Dot#of(float[], float[], int, int)} does
 * over the floats that {@link #row} gives. So a token's logits do not depend on the batch in which it was read.
 */
public sealed interface Matrix permits F32Matrix, F16Matrix, BF16Matrix, Q8Matrix, BlockMatrix, PackedMatrix {
    int rows();

    int columns();

    /** W[row] · x[at .. at + columns). */
    float dot(int row, float[] x, int at);

    /** sums[r] = W[first + r] · x[at .. at + columns) for r &lt; count, each as {@link #dot} gives it. */
    default void dots(int first, int count, float[] x, int at, float[] sums) {
        for (int r = 0; r < count; r++) {
            sums[r] = dot(first + r, x, at);
        }
    }

    /** Writes W[row] as floats into {@code into[at .. at + columns)}. */
    void row(int row, float[] into, int at);
}
