package dev.bantam.tools;

import java.util.ArrayList;
import java.util.List;

/**
 * What takes the place of a matched span. Where old and new text agree, the file's own characters stay, even where they
 * are not quite those of the old text; what is new gets the file's line ends and indentation.
 */
final class Replacement {
    private final IndentShift shift;
    private final String lineEnd; // for new lines; empty leaves them as the model wrote them
    private final StringBuilder out = new StringBuilder();

    private Replacement(IndentShift shift, String lineEnd) {
        this.shift = shift;
        this.lineEnd = lineEnd;
    }

    static String of(String file, Match match, String oldText, String newText) {
        String span = file.substring(match.start(), match.end());
        List<String> there = pieces(span);
        List<String> before = pieces(oldText);
        List<String> after = pieces(newText);
        while (there.size() < before.size()) {
            there.add(""); // the old text ends with a newline that the file's last line does not have
        }
        String near = lineEnd(span);
        Replacement replacement = new Replacement(match.shift(), near.isEmpty() ? lineEnd(file) : near);
        replacement.write(there, before, after);
        return replacement.out.toString();
    }

    /** The line end that is used most; empty when there is none. */
    private static String lineEnd(String text) {
        int unix = 0;
        int windows = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (at > 0 && text.charAt(at - 1) == '\r') {
                windows++;
            } else {
                unix++;
            }
        }
        return windows + unix == 0 ? "" : windows > unix ? "\r\n" : "\n";
    }

    /** Lines with their ends; the last has none, and may be empty. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
            pieces.add(text.substring(start, at + 1));
            start = at + 1;
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    private void write(List<String> there, List<String> before, List<String> after) {
        int[] same = LineDiff.of(before, after);
        int old = 0; // the first old line that is not used up
        for (int i = 0; i < after.size(); i++) {
            if (same[i] >= 0) {
                out.append(there.get(same[i]));
                old = same[i] + 1;
            } else if (old < nextSame(same, i, before.size())) {
                change(there.get(old), before.get(old), after.get(i));
                old++;
            } else {
                Piece added = Piece.of(after.get(i));
                out.append(indent(added)).append(added.core).append(added.trail).append(end(added.end));
            }
        }
    }

    private static int nextSame(int[] same, int from, int none) {
        for (int i = from; i < same.length; i++) {
            if (same[i] >= 0) {
                return same[i];
            }
        }
        return none;
    }

    /** Writes the file's line, changed as the old line was changed into the new one. */
    private void change(String there, String before, String after) {
        Piece file = Piece.of(there);
        Piece old = Piece.of(before);
        Piece added = Piece.of(after);
        out.append(added.indent.equals(old.indent) ? file.indent : indent(added));
        if (file.core.length() == old.core.length()) {
            int most = Math.min(old.core.length(), added.core.length());
            int head = 0;
            while (head < most && old.core.charAt(head) == added.core.charAt(head)) {
                head++;
            }
            int tail = 0;
            while (tail < most - head && fromEnd(old.core, tail) == fromEnd(added.core, tail)) {
                tail++;
            }
            out.append(file.core, 0, head);
            out.append(added.core, head, added.core.length() - tail);
            out.append(file.core, file.core.length() - tail, file.core.length());
        } else {
            out.append(added.core);
        }
        boolean sameEnd = old.end.isEmpty() == added.end.isEmpty();
        out.append(sameEnd && added.trail.equals(old.trail) ? file.trail : added.trail);
        out.append(sameEnd ? file.end : end(added.end));
    }

    private static char fromEnd(String text, int index) {
        return text.charAt(text.length() - 1 - index);
    }

    private String indent(Piece added) {
        return added.core.isEmpty() ? added.indent : shift.apply(added.indent);
    }

    private String end(String written) {
        return written.isEmpty() || lineEnd.isEmpty() ? written : lineEnd;
    }

    /** A line in its parts: space in front, text, space behind, line end. A line of space alone has it in front. */
    private record Piece(String indent, String core, String trail, String end) {
        static Piece of(String line) {
            int end =
                    line.endsWith("\r\n") ? line.length() - 2 : line.endsWith("\n") ? line.length() - 1 : line.length();
            int from = 0;
            while (from < end && isSpace(line.charAt(from))) {
                from++;
            }
            int to = end;
            while (to > from && isSpace(line.charAt(to - 1))) {
                to--;
            }
            return new Piece(
                    line.substring(0, from), line.substring(from, to), line.substring(to, end), line.substring(end));
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t';
        }
    }
}
