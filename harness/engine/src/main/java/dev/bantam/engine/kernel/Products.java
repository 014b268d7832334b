package dev.bantam.engine.kernel;

import java.util.Arrays;

/** Matrices times the columns of a batch. Each row of weights is unpacked once for the batch, not once a token. */
public final class Products {
    /** Tokens whose inputs are kept close while a slice of rows passes by. */
    private static final int TOKENS = 32;

    /** Multiplications that are worth handing to another thread. */
    private static final int WORTHWHILE = 1 << 16;

    private final Workers workers;

    /** A matrix and where its results go: (n, matrix.rows()). */
    public record Target(Matrix matrix, float[] out) {}

    public Products(Workers workers) {
        this.workers = workers;
    }

    public static Target into(Matrix matrix, float[] out) {
        return new Target(matrix, out);
    }

    /** For every target: out[t][r] = W[r] · x[t] for t &lt; n, x being (n, columns). */
    public void multiply(float[] x, int n, Target... targets) {
        int columns = targets[0].matrix().columns();
        int rows = Arrays.stream(targets).mapToInt(t -> t.matrix().rows()).sum();
        int[] at = new int[n];
        Arrays.setAll(at, t -> t * columns);
        workers.split(rows, rowsPerSlice(columns, n), (begin, end) -> {
            float[] row = new float[columns];
            float[] sums = new float[n];
            for (int first = 0; first < n; first += TOKENS) {
                int count = Math.min(TOKENS, n - first);
                int base = 0;
                for (Target target : targets) {
                    int last = Math.min(end - base, target.matrix().rows());
                    for (int r = Math.max(0, begin - base); r < last; r++) {
                        dots(target.matrix(), r, x, at, first, count, row, sums);
                        scatter(
                                sums,
                                count,
                                target.out(),
                                first,
                                r,
                                target.matrix().rows());
                    }
                    base += target.matrix().rows();
                }
            }
        });
    }

    /** How many rows of {@code columns} weights, used for {@code n} tokens, make a slice. */
    static int rowsPerSlice(int columns, int n) {
        return Math.max(8, WORTHWHILE / Math.max(1, columns * n));
    }

    /**
     * sums[j] = W[row] · x[at[first + j] ..] for j &lt; count.
     *
     * @param scratch room for one row of floats
     */
    static void dots(Matrix w, int row, float[] x, int[] at, int first, int count, float[] scratch, float[] sums) {
        if (count == 1) {
            sums[0] = w.dot(row, x, at[first]);
            return;
        }
        w.row(row, scratch, 0);
        int j = 0;
        for (; j <= count - 4; j += 4) {
            Dot.four(scratch, x, at, first + j, w.columns(), sums, j);
        }
        for (; j < count; j++) {
            sums[j] = Dot.of(scratch, x, at[first + j], w.columns());
        }
    }

    private static void scatter(float[] sums, int count, float[] out, int first, int r, int rows) {
        for (int j = 0; j < count; j++) {
            out[(first + j) * rows + r] = sums[j];
        }
    }
}
