package dev.bantam.engine.kernel;

import dev.bantam.engine.kernel.packed.PackedWeights;
import dev.bantam.engine.kernel.packed.Quantized;
import dev.bantam.engine.kernel.packed.Scratch;

/** Multiplies a matrix by groups of rows, the unit of work that threads share, whatever type its weights are. */
final class RowGroups {
    /** Rows of a group. */
    static final int ROWS = PackedWeights.rowsPerGroup();

    private RowGroups() {}

    /** What a matrix is multiplied with: as floats, and as bytes if the matrix is packed. */
    record Input(float[] x, int columns, Quantized rounded) {}

    static int count(Matrix w) {
        return Math.ceilDiv(w.rows(), ROWS);
    }

    /** What activations must be rounded for to meet {@code w}: {@link PackedWeights#kind}, 0 if it meets floats. */
    static int kind(Matrix w) {
        return w instanceof PackedMatrix packed ? packed.packed().kind() : 0;
    }

    /** sums[j · ROWS + r] = W[group · ROWS + r] · x[tokens[j]] for j &lt; count and the rows that there are. */
    static void multiply(Matrix w, int group, Input x, int[] tokens, int count, Scratch scratch, float[] sums) {
        if (w instanceof PackedMatrix packed) {
            packed.packed().multiply(group, x.rounded(), tokens, count, scratch, sums);
            return;
        }
        int first = group * ROWS;
        int rows = Math.min(ROWS, w.rows() - first);
        if (count == 1) {
            w.dots(first, rows, x.x(), tokens[0] * x.columns(), sums);
            return;
        }
        float[] panel = scratch.panel(ROWS * x.columns());
        for (int r = 0; r < rows; r++) {
            w.row(first + r, panel, r * x.columns());
        }
        Panel.multiply(panel, rows, x.x(), x.columns(), tokens, count, sums, ROWS, scratch.partial(Panel.PARTIAL));
    }

    /** How many groups of {@code columns} wide rows, used for {@code n} tokens, are worth handing to another thread. */
    static int perSlice(int columns, int n) {
        return (int) Math.max(1, Products.WORTHWHILE / ((long) ROWS * columns * Math.max(1, n)));
    }
}
