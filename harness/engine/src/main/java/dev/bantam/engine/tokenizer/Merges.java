package dev.bantam.engine.tokenizer;

import java.util.Arrays;

/** Which two symbols merge into which third, and how early. An open-addressing table, filled once. */
final class Merges {
    private static final long EMPTY = -1;

    private final long[] pairs; // left << 32 | right
    private final int[] ranks;
    private final int[] results; // by rank

    Merges(int count) {
        int size = Integer.highestOneBit(Math.max(8, 2 * count)) * 2;
        pairs = new long[size];
        Arrays.fill(pairs, EMPTY);
        ranks = new int[size];
        results = new int[count];
    }

    /** Adds a merge; of several for one pair the first counts. */
    void add(int left, int right, int rank, int result) {
        int at = slot(left, right);
        results[rank] = result;
        if (pairs[at] == EMPTY) {
            pairs[at] = pair(left, right);
            ranks[at] = rank;
        }
    }

    /** The rank of a pair, or {@link MergeLoop.Pairs#NEVER}. */
    int rank(int left, int right) {
        int at = slot(left, right);
        return pairs[at] == EMPTY ? MergeLoop.Pairs.NEVER : ranks[at];
    }

    int result(int rank) {
        return results[rank];
    }

    private int slot(int left, int right) {
        long pair = pair(left, right);
        long mixed = pair * 0x9e3779b97f4a7c15L;
        int at = (int) (mixed >>> 32) & pairs.length - 1;
        while (pairs[at] != EMPTY && pairs[at] != pair) {
            at = at + 1 & pairs.length - 1;
        }
        return at;
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }
}
