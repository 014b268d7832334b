package dev.bantam.ext.text;

import java.util.List;
import java.util.Locale;

/** A text in which words and expressions are looked for: whole ones, without regard to letter case or line breaks. */
public final class Wording {
    private static final int LONGEST = 8_000;

    private final String text;

    /** @param text of a long one, the first and the last part count */
    public Wording(String text) {
        String ends = text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST / 2) + " " + text.substring(text.length() - LONGEST / 2);
        this.text = " " + plain(ends) + " ";
    }

    /** How many of these it holds. */
    public long count(List<String> words) {
        return words.stream().filter(this::has).count();
    }

    /** Whether it holds this word or expression, also with an s at its end. */
    public boolean has(String word) {
        String wanted = plain(word);
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            int end = at + wanted.length();
            if (text.charAt(end) == 's' && letter(text.charAt(end - 1))) {
                end++;
            }
            if (edge(at - 1, at) && edge(end - 1, end)) {
                return true;
            }
        }
        return false;
    }

    /** No word goes on from one place to the next. */
    private boolean edge(int left, int right) {
        return !letter(text.charAt(left)) || !letter(text.charAt(right));
    }

    private static boolean letter(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }
}
