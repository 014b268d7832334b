package dev.bantam.tools;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one line became another: for each character of the new line the one of the old line that it is. Found by the
 * longest common subsequence of words and signs. Of a pair of quotes, one that only moved follows the one that stayed.
 */
final class ChangedLine {
    private static final int NONE = -1;

    private final String before;
    private final String after;
    private final int[] origin; // (character of after) in before, or NONE

    private ChangedLine(String before, String after) {
        this.before = before;
        this.after = after;
        origin = new int[after.length()];
        Arrays.fill(origin, NONE);
    }

    static ChangedLine of(String before, String after) {
        ChangedLine line = new ChangedLine(before, after);
        List<Pairs> pairs = Pairs.of(before, after);
        List<Token> old = Token.of(before, pairs.stream().map(Pairs::before).toList());
        List<Token> added = Token.of(after, pairs.stream().map(Pairs::after).toList());
        line.align(old, added);
        pairs.forEach(line::join);
        return line;
    }

    private void align(List<Token> old, List<Token> added) {
        int[] same = LineDiff.of(
                old.stream().map(Token::key).toList(),
                added.stream().map(Token::key).toList());
        int oldDone = 0;
        int newDone = 0;
        for (int i = 0; i < same.length; i++) {
            if (same[i] >= 0) {
                Token from = old.get(same[i]);
                Token to = added.get(i);
                ends(oldDone, from.start, newDone, to.start);
                for (int k = 0; k < to.end - to.start; k++) {
                    origin[to.start + k] = from.start + k;
                }
                oldDone = from.end;
                newDone = to.end;
            }
        }
        ends(oldDone, before.length(), newDone, after.length());
    }

    /** The letters that a changed part has in common at its two ends, as those of a word with another ending. */
    private void ends(int oldStart, int oldEnd, int newStart, int newEnd) {
        int old = oldStart;
        int added = newStart;
        while (old < oldEnd && added < newEnd && sameLetter(old, added)) {
            origin[added++] = old++;
        }
        for (int i = oldEnd - 1, k = newEnd - 1; i >= old && k >= added && sameLetter(i, k); i--, k--) {
            origin[k] = i;
        }
    }

    private boolean sameLetter(int old, int added) {
        return before.charAt(old) == after.charAt(added) && Token.isWord(after.charAt(added));
    }

    /** Makes half a pair a whole one. Where two have a half of the same, the first gets it and the other none. */
    private void join(Pairs pairs) {
        for (int i = 0; i < pairs.after.size(); i++) {
            int lost = pairs.after.get(i);
            int kept = origin[pairs.after.get(i ^ 1)];
            if (origin[lost] == NONE && kept != NONE) {
                int partner = pairs.before.get(pairs.before.indexOf(kept) ^ 1);
                if (before.charAt(partner) == after.charAt(lost)) {
                    release(partner, pairs.after);
                    origin[lost] = partner;
                }
            }
        }
    }

    private void release(int old, List<Integer> quotes) {
        for (int i = 0; i < quotes.size(); i++) {
            if (origin[quotes.get(i)] == old) {
                origin[quotes.get(i)] = NONE;
                origin[quotes.get(i ^ 1)] = NONE;
            }
        }
    }

    /** The new line for a file that has the old one in characters of its own, one for each. */
    String in(String file) {
        StringBuilder line = new StringBuilder(after);
        for (int i = 0; i < origin.length; i++) {
            if (origin[i] != NONE) {
                line.setCharAt(i, file.charAt(origin[i]));
            }
        }
        return line.toString();
    }

    /** Whether the new line has quotes or dashes that the old one has not. */
    boolean addsMarks() {
        return IntStream.range(0, origin.length).anyMatch(i -> origin[i] == NONE && Tolerance.isMark(after.charAt(i)));
    }

    /** A word, or one sign or space. Quotes that open a pair are not the same as those that close it. */
    private record Token(String key, int start, int end) {

        static List<Token> of(String text, List<List<Integer>> pairs) {
            String[] roles = new String[text.length()];
            for (List<Integer> quotes : pairs) {
                for (int i = 0; i < quotes.size(); i++) {
                    roles[quotes.get(i)] = i % 2 == 0 ? "opens" : "closes";
                }
            }
            List<Token> tokens = new ArrayList<>();
            for (int start = 0, end; start < text.length(); start = end) {
                end = start;
                while (end < text.length() && isWord(text.charAt(end))) {
                    end++;
                }
                end = end > start ? end : start + Character.charCount(text.codePointAt(start));
                String part = text.substring(start, end);
                tokens.add(new Token(roles[start] == null ? part : part + roles[start], start, end));
            }
            return tokens;
        }

        static boolean isWord(char c) {
            return c == '_' || Character.isLetterOrDigit(c);
        }
    }

    /** Where the quotes of one kind are, an opening one and its closing one by turns. Apostrophes do not count. */
    private record Pairs(List<Integer> before, List<Integer> after) {

        static List<Pairs> of(String before, String after) {
            return IntStream.of('"', '\'')
                    .mapToObj(kind -> new Pairs(quotes(before, kind), quotes(after, kind)))
                    .filter(pairs -> pairs.before.size() % 2 == 0 && pairs.after.size() % 2 == 0)
                    .toList();
        }

        private static List<Integer> quotes(String text, int kind) {
            return IntStream.range(0, text.length())
                    .filter(i -> Tolerance.plain(text.charAt(i)) == kind && !isInWord(text, i))
                    .boxed()
                    .toList();
        }

        private static boolean isInWord(String text, int i) {
            return i > 0
                    && i + 1 < text.length()
                    && Token.isWord(text.charAt(i - 1))
                    && Token.isWord(text.charAt(i + 1));
        }
    }
}
