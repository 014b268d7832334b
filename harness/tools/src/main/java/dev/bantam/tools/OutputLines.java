package dev.bantam.tools;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The first and the last lines of an output, with the middle left out and repeated lines folded. A test run tells what
 * it does at its start and what went wrong at its end.
 */
final class OutputLines {
    private static final int HEAD_LINES = 100;
    private static final int HEAD_CHARS = 6 * 1024;
    private static final int TAIL_LINES = 150;
    private static final int TAIL_CHARS = 10 * 1024;

    /** Fewer repetitions are cheaper to show than to count. */
    private static final int FOLDED_FROM = 3;

    private final StringBuilder head = new StringBuilder();
    private int headLines;
    private boolean headIsFull;
    private final Deque<String> tail = new ArrayDeque<>();
    private int tailChars;
    private long leftOut;
    private boolean cut;
    private String last;
    private long repeated;
    private long characters;
    private long unreadable;

    /** @param isCut whether the line itself was shortened */
    void add(String line, boolean isCut) {
        cut |= isCut;
        characters += line.length();
        unreadable += line.chars().filter(c -> c == '\uFFFD').count();
        if (line.equals(last)) {
            repeated++;
            return;
        }
        flushRepeated();
        last = line;
        keep(line);
    }

    private void flushRepeated() {
        if (repeated >= FOLDED_FROM) {
            keep("[previous line repeated " + Shown.count(repeated) + " times]");
        } else {
            for (; repeated > 0; repeated--) {
                keep(last);
            }
        }
        repeated = 0;
    }

    private void keep(String line) {
        headIsFull |= headLines == HEAD_LINES || head.length() + line.length() > HEAD_CHARS;
        if (!headIsFull) {
            head.append(line).append('\n');
            headLines++;
            return;
        }
        tail.addLast(line);
        tailChars += line.length() + 1;
        while (tail.size() > TAIL_LINES || tailChars > TAIL_CHARS) {
            tailChars -= tail.removeFirst().length() + 1;
            leftOut++;
        }
    }

    /** Whether more than the odd character is not text. */
    boolean isBinary() {
        return unreadable > 0 && unreadable * 10 > characters;
    }

    /** Whether {@link #text} says all that was printed. */
    boolean isComplete() {
        flushRepeated();
        return leftOut == 0 && !cut;
    }

    String text() {
        flushRepeated();
        StringBuilder text = new StringBuilder(head);
        if (leftOut > 0) {
            text.append('[').append(Shown.count(leftOut)).append(" lines left out]\n");
        }
        tail.forEach(line -> text.append(line).append('\n'));
        text.setLength(Math.max(0, text.length() - 1));
        return text.toString();
    }
}
