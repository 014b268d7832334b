package dev.bantam.engine.kernel;

import dev.bantam.engine.kernel.packed.Quantized;
import dev.bantam.engine.kernel.packed.Scratch;

/** Matrices times the columns of a batch. Weights are unpacked once for the batch, not once a token. */
public final class Products {
    /** Multiplications that are worth handing to another thread. */
    static final int WORTHWHILE = 1 << 16;

    private final Workers workers;
    private int[] tokens = new int[0];

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
        int groups = 0;
        int kinds = 0;
        for (Target target : targets) {
            groups += RowGroups.count(target.matrix());
            kinds |= RowGroups.kind(target.matrix());
        }
        round(workers, x, n, columns, kinds);
        RowGroups.Input input = new RowGroups.Input(x, columns, workers.quantized());
        int[] all = all(n);
        workers.split(groups, RowGroups.perSlice(columns, n), (thread, begin, end) -> {
            Scratch scratch = workers.scratch(thread);
            float[] sums = scratch.sums(n * RowGroups.ROWS);
            int base = 0;
            for (Target target : targets) {
                int last = Math.min(end - base, RowGroups.count(target.matrix()));
                for (int group = Math.max(0, begin - base); group < last; group++) {
                    RowGroups.multiply(target.matrix(), group, input, all, n, scratch, sums);
                    scatter(sums, n, target, group);
                }
                base += RowGroups.count(target.matrix());
            }
        });
    }

    /** Rounds n rows of x to the workers' {@link Workers#quantized}, for matrices of these {@link RowGroups#kind kinds}. */
    static void round(Workers workers, float[] x, int n, int columns, int kinds) {
        if (kinds == 0) {
            return;
        }
        Quantized rounded = workers.quantized();
        rounded.reserve(n, columns, kinds);
        workers.split(n, Math.max(1, WORTHWHILE / 8 / columns), (begin, end) -> {
            for (int t = begin; t < end; t++) {
                rounded.set(t, x, t * columns);
            }
        });
    }

    private int[] all(int n) {
        if (tokens.length < n) {
            tokens = new int[n];
            for (int t = 0; t < n; t++) {
                tokens[t] = t;
            }
        }
        return tokens;
    }

    private static void scatter(float[] sums, int n, Target target, int group) {
        int rows = target.matrix().rows();
        int first = group * RowGroups.ROWS;
        int count = Math.min(RowGroups.ROWS, rows - first);
        for (int t = 0; t < n; t++) {
            System.arraycopy(sums, t * RowGroups.ROWS, target.out(), t * rows + first, count);
        }
    }
}
