package dev.bantam.tui;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** The line that is typed while a run goes on. It may hold line breaks and is shown in one row all the same. */
final class Entry {
    private static final String LINE_BREAK = "⏎";

    private final StringBuilder text = new StringBuilder();
    private int cursor;

    String text() {
        return text.toString();
    }

    /** The text, which is gone from here. */
    String take() {
        String taken = text();
        text.setLength(0);
        cursor = 0;
        return taken;
    }

    void type(String typed) {
        text.insert(cursor, typed);
        cursor += typed.length();
    }

    /** Changes the line as the key says; keys that do not edit change nothing. */
    void edit(Key.Named key) {
        switch (key) {
            case NEWLINE -> type("\n");
            case BACKSPACE -> remove(before(), cursor);
            case DELETE -> remove(cursor, after());
            case LEFT -> cursor = before();
            case RIGHT -> cursor = after();
            case HOME -> cursor = 0;
            case END -> cursor = text.length();
            case KILL_LINE -> remove(0, cursor);
            case KILL_WORD -> remove(wordStart(), cursor);
            case ENTER, ALT_ENTER, ESCAPE, INTERRUPT, THINKING, OTHER, END_OF_INPUT -> {}
        }
    }

    /** Whether Enter means a line break here: the text before the cursor ends with a backslash, which is removed. */
    boolean continues() {
        if (cursor == 0 || cursor < text.length() || text.charAt(cursor - 1) != '\\') {
            return false;
        }
        remove(cursor - 1, cursor);
        type("\n");
        return true;
    }

    /** One row of at most {@code width} columns that has the cursor in it. */
    Row row(int width) {
        String prefix = "› ";
        int room = Math.max(4, width - prefix.length() - 1);
        AttributedString before = shown(text.substring(0, cursor));
        AttributedString left = before;
        for (int from = before.columnLength() - room; left.columnLength() > room; from++) {
            left = before.columnSubSequence(from, Integer.MAX_VALUE); // a wide character may stand across the border
        }
        AttributedString right = shown(text.substring(cursor)).columnSubSequence(0, room - left.columnLength());
        AttributedStringBuilder row = new AttributedStringBuilder().styled(Ink.ACCENT, prefix);
        return new Row(row.append(left).append(right).toAttributedString(), prefix.length() + left.columnLength());
    }

    /** @param cursor column of the cursor, from 0 */
    record Row(AttributedString line, int cursor) {}

    private static AttributedString shown(String part) {
        return new AttributedString(Clean.text(part).replace("\n", LINE_BREAK));
    }

    private int before() {
        return cursor == 0 ? 0 : cursor - Character.charCount(text.codePointBefore(cursor));
    }

    private int after() {
        return cursor == text.length() ? cursor : cursor + Character.charCount(text.codePointAt(cursor));
    }

    private int wordStart() {
        int start = cursor;
        while (start > 0 && Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private void remove(int start, int end) {
        text.delete(start, end);
        cursor = start;
    }
}
