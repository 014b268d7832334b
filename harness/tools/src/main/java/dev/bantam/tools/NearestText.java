package dev.bantam.tools;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a file that are most like a text that was not found.
 *
 * @param first number of the first of them, from 1
 * @param lines as they stand in the file
 */
record NearestText(int first, List<String> lines) {
    private static final double LEAST_LIKENESS = 0.5;
    private static final int MAX_LINES = 20;
    private static final long MAX_PAIRS = 2_000_000;

    NearestText {
        lines = List.copyOf(lines);
    }

    static Optional<NearestText> in(String file, String wanted) {
        List<String> fileLines = file.lines().toList();
        List<String> wantedLines = wanted.strip().lines().limit(MAX_LINES).toList();
        int window = Math.min(wantedLines.size(), fileLines.size());
        if (window == 0 || (long) window * fileLines.size() > MAX_PAIRS) {
            return Optional.empty();
        }
        List<int[]> there = fileLines.stream().map(NearestText::pairs).toList();
        List<int[]> here = wantedLines.stream().map(NearestText::pairs).toList();
        double best = 0;
        int at = 0;
        for (int first = 0; first + window <= there.size(); first++) {
            double sum = 0;
            for (int i = 0; i < window; i++) {
                sum += likeness(here.get(i), there.get(first + i));
            }
            if (sum > best) {
                best = sum;
                at = first;
            }
        }
        return best / wantedLines.size() < LEAST_LIKENESS
                ? Optional.empty()
                : Optional.of(new NearestText(at + 1, fileLines.subList(at, at + window)));
    }

    /** Neighbouring characters of a line, sorted. */
    private static int[] pairs(String line) {
        String text = line.strip();
        int[] pairs = new int[Math.min(500, Math.max(0, text.length() - 1))];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = text.charAt(i) << 16 | text.charAt(i + 1);
        }
        Arrays.sort(pairs);
        return pairs;
    }

    /** Dice's coefficient: 1 for equal, 0 for nothing in common. */
    private static double likeness(int[] one, int[] other) {
        if (one.length + other.length == 0) {
            return 1;
        }
        int common = 0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            int order = Integer.compare(one[i], other[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return 2.0 * common / (one.length + other.length);
    }
}
