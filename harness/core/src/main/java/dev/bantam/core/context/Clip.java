package dev.bantam.core.context;

import java.util.function.ToIntFunction;

/** Shortens texts to a number of tokens, keeping both ends. */
public final class Clip {
    private Clip() {}

    /**
     * The text, or its head and tail with a note between them.
     *
     * @param count tokens of a text
     * @param note stands where something was left out; {@code %d} is the number of characters
     */
    public static String middle(String text, int maxTokens, ToIntFunction<String> count, String note) {
        if (text.length() <= maxTokens || count.applyAsInt(text) <= maxTokens) {
            return text; // a token is at least one character
        }
        int low = 0;
        int high = text.length();
        while (low < high) { // the most characters that fit
            int middle = (low + high + 1) >>> 1;
            if (count.applyAsInt(shortened(text, middle, note)) <= maxTokens) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return shortened(text, low, note);
    }

    private static String shortened(String text, int keep, String note) {
        int head = start(text, keep * 2 / 3);
        int tail = start(text, text.length() - (keep - head));
        String left = text.substring(0, head);
        String right = text.substring(tail);
        return left + "\n" + note.formatted(tail - head) + "\n" + right;
    }

    /** A place that does not split a surrogate pair. */
    private static int start(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
