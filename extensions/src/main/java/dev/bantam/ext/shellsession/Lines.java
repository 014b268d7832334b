package dev.bantam.ext.shellsession;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Lines of output: all of them while they are few, else the first and the last; repeated ones folded. */
final class Lines {
    private static final int MOST_LINES = 200;
    private static final int HEAD_LINES = 100;
    private static final int TAIL_LINES = 50;
    private static final int HEAD_CHARS = 6 * 1024;
    private static final int TAIL_CHARS = 8 * 1024;
    private static final int FOLDED_FROM = 3;

    private final StringBuilder head = new StringBuilder();
    private int headLines;
    private boolean headIsFull;
    private final Deque<String> tail = new ArrayDeque<>();
    private int tailChars;
    private long leftOut;
    private String last;
    private long repeated;

    void add(String line) {
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
            keep("[previous line repeated " + count(repeated) + " times]");
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
        while (tail.size() > MOST_LINES - HEAD_LINES || tailChars > TAIL_CHARS) {
            dropOne();
        }
    }

    private void dropOne() {
        tailChars -= tail.removeFirst().length() + 1;
        leftOut++;
    }

    String text() {
        flushRepeated();
        while (leftOut > 0 && tail.size() > TAIL_LINES) {
            dropOne();
        }
        StringBuilder text = new StringBuilder(head);
        if (leftOut > 0) {
            text.append('[').append(count(leftOut)).append(" lines left out]\n");
        }
        tail.forEach(line -> text.append(line).append('\n'));
        return text.toString().replaceFirst("^\\n+", "").stripTrailing();
    }

    boolean isEmpty() {
        return last == null;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
