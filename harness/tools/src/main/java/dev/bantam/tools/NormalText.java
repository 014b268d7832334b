package dev.bantam.tools;

import java.util.Arrays;

/** A text without the differences that are tolerated, and where each of its characters comes from. */
final class NormalText {
    private final StringBuilder text = new StringBuilder();
    private int[] starts;
    private int[] ends;

    private NormalText(int capacity) {
        starts = new int[capacity + 1];
        ends = new int[capacity + 1];
    }

    static NormalText of(String original, Tolerance tolerance) {
        NormalText normal = new NormalText(original.length());
        boolean trim = tolerance.allows(Tolerance.TRAILING_SPACE);
        boolean plain = tolerance.allows(Tolerance.LOOK_ALIKES);
        int lineStart = 0;
        int noBreakBefore = 0; // inside a run of carriage returns that ends in no line feed
        for (int i = 0; i < original.length(); i++) {
            int newline = i < noBreakBefore ? -1 : newline(original, i);
            if (newline >= 0) {
                normal.trimTo(lineStart, trim);
                normal.add('\n', i, newline + 1);
                lineStart = normal.text.length();
                i = newline;
            } else {
                char c = original.charAt(i);
                noBreakBefore = c == '\r' && i >= noBreakBefore ? afterReturns(original, i) : noBreakBefore;
                normal.add(plain ? Tolerance.plain(c) : TextFile.display(c), i, i + 1);
            }
        }
        normal.trimTo(lineStart, trim);
        return normal;
    }

    /** Where the line break ends that starts here, with any carriage returns before it; -1 if none does. */
    private static int newline(String text, int start) {
        int i = afterReturns(text, start);
        return i < text.length() && text.charAt(i) == '\n' ? i : -1;
    }

    private static int afterReturns(String text, int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) == '\r') {
            i++;
        }
        return i;
    }

    /** A file whose last line has no end is taken to have one, of no length. */
    NormalText withFinalNewline(int originalLength) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            add('\n', originalLength, originalLength);
        }
        return this;
    }

    private void add(char c, int start, int end) {
        if (text.length() == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
            ends = Arrays.copyOf(ends, ends.length * 2);
        }
        starts[text.length()] = start;
        ends[text.length()] = end;
        text.append(c);
    }

    private void trimTo(int lineStart, boolean trim) {
        int end = text.length();
        while (trim && end > lineStart && isBlank(text.charAt(end - 1))) {
            end--;
        }
        text.setLength(end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    int indexOf(String wanted, int from) {
        return text.indexOf(wanted, from);
    }

    boolean isLineEnd(int index) {
        return index == text.length() || text.charAt(index) == '\n';
    }

    /** Where in the original a part begins. */
    int start(int index) {
        return starts[index];
    }

    /** Where in the original a part ends that reaches up to an index. */
    int end(int index) {
        return ends[index - 1];
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
