package dev.bantam.tools;

import java.util.Arrays;
import java.util.List;

/** Which lines two texts have in common, or words two lines, by their longest common subsequence. */
final class LineDiff {
    /** Larger pairs are compared at their ends only. */
    private static final long MAX_CELLS = 1_000_000;

    private LineDiff() {}

    /** For each new line the old one that it is, or -1; ascending. Line ends do not count, having one does. */
    static int[] of(List<String> before, List<String> after) {
        int[] same = new int[after.size()];
        Arrays.fill(same, -1);
        int head = 0;
        int most = Math.min(before.size(), after.size());
        while (head < most && equal(before.get(head), after.get(head))) {
            same[head] = head;
            head++;
        }
        int oldEnd = before.size();
        int newEnd = after.size();
        while (oldEnd > head && newEnd > head && equal(before.get(oldEnd - 1), after.get(newEnd - 1))) {
            same[--newEnd] = --oldEnd;
        }
        if ((long) (oldEnd - head) * (newEnd - head) <= MAX_CELLS) {
            middle(before.subList(head, oldEnd), after.subList(head, newEnd), head, same);
        }
        return same;
    }

    private static void middle(List<String> before, List<String> after, int offset, int[] same) {
        int[][] length = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                length[i][j] = equal(before.get(i), after.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        for (int i = 0, j = 0; i < before.size() && j < after.size(); ) {
            if (equal(before.get(i), after.get(j))) {
                same[offset + j++] = offset + i++;
            } else if (length[i + 1][j] >= length[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }

    private static boolean equal(String one, String other) {
        return one.equals(other) || one.replace("\r\n", "\n").equals(other.replace("\r\n", "\n"));
    }
}
