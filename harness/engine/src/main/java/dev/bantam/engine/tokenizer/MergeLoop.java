package dev.bantam.engine.tokenizer;

/**
 * Byte-pair merging: of all neighbours that may merge, the two with the lowest rank do, the leftmost on ties, until none may.
 * Symbols form a linked list; pairs wait in a heap as rank &lt;&lt; 32 | left symbol, and a pair that has changed since is known
 * by its rank. Takes n log n steps for n symbols.
 */
final class MergeLoop {
    static final int END = -1;
    private static final int GONE = -2;

    /** What merges with what. A symbol is named by the place where it begins, from 0 to n - 1. */
    interface Pairs {
        int NEVER = Integer.MAX_VALUE;

        /** How early the symbol at {@code left} and its neighbour at {@code right} merge, or {@link #NEVER}. */
        int rank(int left, int right);

        /** Makes one symbol, at {@code left}, of the two. */
        void merge(int left, int right);
    }

    private MergeLoop() {}

    /** Merges {@code n} symbols, at least one; gives for each that is left the place of the next, or {@link #END}. */
    static int[] run(int n, Pairs pairs) {
        int[] next = new int[n];
        int[] previous = new int[n];
        LongHeap waiting = new LongHeap(n);
        for (int i = 0; i < n; i++) {
            next[i] = i + 1 < n ? i + 1 : END;
            previous[i] = i - 1;
            push(waiting, pairs, i, next[i]);
        }
        while (!waiting.isEmpty()) {
            long pair = waiting.pop();
            int left = (int) pair;
            int right = next[left];
            if (right < 0 || pairs.rank(left, right) != (int) (pair >> 32)) {
                continue;
            }
            pairs.merge(left, right);
            next[left] = next[right];
            next[right] = GONE;
            if (next[left] != END) {
                previous[next[left]] = left;
            }
            push(waiting, pairs, left, next[left]);
            push(waiting, pairs, previous[left], left);
        }
        return next;
    }

    private static void push(LongHeap waiting, Pairs pairs, int left, int right) {
        int rank = left == END || right == END ? Pairs.NEVER : pairs.rank(left, right);
        if (rank != Pairs.NEVER) {
            waiting.push((long) rank << 32 | left);
        }
    }
}
