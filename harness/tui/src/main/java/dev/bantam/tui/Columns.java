package dev.bantam.tui;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** Fits lines into columns. Wide characters count two, combining marks none. */
final class Columns {
    private static final String ELLIPSIS = "…";
    private static final int CHARS_PER_COLUMN = 8; // more than that is a pile of combining marks

    private Columns() {}

    /** The line, cut with an ellipsis if it is wider than {@code width}. */
    static AttributedString cut(AttributedString line, int width) {
        int most = Math.max(1, width) * CHARS_PER_COLUMN;
        AttributedString bounded = line.length() > most ? line.subSequence(0, most) : line;
        if (bounded.length() == line.length() && line.columnLength() <= width) {
            return line;
        }
        AttributedStringBuilder cut = new AttributedStringBuilder();
        cut.append(bounded.columnSubSequence(0, Math.max(0, width - 1)));
        return cut.append(ELLIPSIS, cut.length() == 0 ? Ink.TEXT : cut.styleAt(cut.length() - 1))
                .toAttributedString();
    }

    static String cut(String text, int width) {
        return cut(new AttributedString(text), width).toString();
    }

    /** Breaks a line between words, or within a word that is too long for a row. */
    static List<AttributedString> wrap(AttributedString line, int width) {
        return wrap(line, AttributedString.EMPTY, AttributedString.EMPTY, width);
    }

    /** Like {@link #wrap(AttributedString, int)}, with {@code first} before the first row and {@code rest} before others. */
    static List<AttributedString> wrap(
            AttributedString line, AttributedString first, AttributedString rest, int width) {
        List<AttributedString> rows = new ArrayList<>();
        int room = Math.max(8, width - Math.max(first.columnLength(), rest.columnLength()));
        int start = 0;
        do {
            int end = rowEnd(line, start, room);
            rows.add(AttributedString.join(
                    AttributedString.EMPTY, rows.isEmpty() ? first : rest, trimmed(line, start, end)));
            start = end;
        } while (start < line.length());
        return rows;
    }

    private static int rowEnd(AttributedString line, int start, int room) {
        AttributedString left = line.subSequence(start, line.length());
        if (left.columnLength() <= room) {
            return line.length();
        }
        int fits = Math.max(1, left.columnSubSequence(0, room).length());
        for (int i = fits; i > 0; i--) {
            if (left.charAt(i) == ' ' || left.charAt(i - 1) == ' ') {
                int end = i;
                while (end < left.length() && left.charAt(end) == ' ') {
                    end++;
                }
                boolean onlySpaces = left.subSequence(0, i).toString().isBlank();
                return onlySpaces ? start + fits : start + end;
            }
        }
        return start + fits;
    }

    private static AttributedString trimmed(AttributedString line, int start, int end) {
        int last = end;
        while (end < line.length() && last > start && line.charAt(last - 1) == ' ') {
            last--;
        }
        return line.subSequence(start, last);
    }
}
