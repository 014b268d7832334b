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
    private boolean keepsFile;
    private boolean addsMarks;

    private Replacement(IndentShift shift, String lineEnd) {
        this.shift = shift;
        this.lineEnd = lineEnd;
    }

    static Replacement of(String file, Match match, String oldText, String newText) {
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
        return replacement;
    }

    String text() {
        return out.toString();
    }

    /** Whether something stayed as the file has it and as the old text has not. */
    boolean keepsFile() {
        return keepsFile;
    }

    /** Whether there are quotes or dashes that the new text has and the old text has not. */
    boolean addsMarks() {
        return addsMarks;
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
                keepsFile |= !there.get(same[i]).equals(before.get(same[i]));
                old = same[i] + 1;
            } else if (old < nextSame(same, i, before.size())) {
                change(there.get(old), before.get(old), after.get(i));
                old++;
            } else {
                Piece added = Piece.of(after.get(i));
                out.append(indent(added)).append(added.core).append(added.trail).append(end(added.end));
                addsMarks |= marks(added.core) > 0;
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
        boolean alike = Piece.of(there).core.length() == Piece.of(before).core.length();
        String space = alike ? Piece.SPACE : Piece.SPACE + Tolerance.SPACES;
        Piece file = Piece.of(there, space);
        Piece old = Piece.of(before, space);
        Piece added = Piece.of(after, space);
        out.append(added.indent.equals(old.indent) ? file.indent : indent(added));
        out.append(core(file.core, old.core, added.core));
        boolean sameEnd = old.end.isEmpty() == added.end.isEmpty();
        out.append(sameEnd && added.trail.equals(old.trail) ? file.trail : added.trail);
        out.append(sameEnd ? file.end : end(added.end));
    }

    private String core(String file, String old, String added) {
        if (file.equals(old) || file.length() != old.length()) {
            addsMarks |= marks(added) > (file.equals(old) ? marks(old) : 0);
            return added;
        }
        ChangedLine line = ChangedLine.of(old, added);
        addsMarks |= line.addsMarks();
        String core = line.in(file);
        keepsFile |= !core.equals(added);
        return core;
    }

    private static long marks(String text) {
        return text.chars().filter(c -> Tolerance.isMark((char) c)).count();
    }

    private String indent(Piece added) {
        return added.core.isEmpty() ? added.indent : shift.apply(added.indent);
    }

    private String end(String written) {
        return written.isEmpty() || lineEnd.isEmpty() ? written : lineEnd;
    }

    /** A line in its parts: space in front, text, space behind, line end. A line of space alone has it in front. */
    private record Piece(String indent, String core, String trail, String end) {
        static final String SPACE = " \t";

        static Piece of(String line) {
            return of(line, SPACE);
        }

        static Piece of(String line, String space) {
            int end =
                    line.endsWith("\r\n") ? line.length() - 2 : line.endsWith("\n") ? line.length() - 1 : line.length();
            int from = 0;
            while (from < end && space.indexOf(line.charAt(from)) >= 0) {
                from++;
            }
            int to = end;
            while (to > from && space.indexOf(line.charAt(to - 1)) >= 0) {
                to--;
            }
            return new Piece(
                    line.substring(0, from), line.substring(from, to), line.substring(to, end), line.substring(end));
        }
    }
}
