package dev.bantam.ext.web;

import java.util.function.ToIntFunction;

/** Cuts a page into parts of so many tokens, where a paragraph or a line ends if one does. */
record Parts(ToIntFunction<String> countTokens, int mostTokens) {
    private static final int CHARACTERS_PER_TOKEN = 4;

    /** Where the part that begins at {@code from} ends; behind {@code from} unless the text is over. */
    int end(String text, int from) {
        int end = Math.min(text.length(), from + mostTokens * CHARACTERS_PER_TOKEN);
        int tokens = countTokens.applyAsInt(text.substring(from, end));
        while (tokens > mostTokens && end - from > 1) {
            end = from + Math.max(1, (int) ((long) (end - from) * mostTokens / tokens * 95 / 100));
            tokens = countTokens.applyAsInt(text.substring(from, end));
        }
        return end == text.length() ? end : atABreak(text, from, end);
    }

    private static int atABreak(String text, int from, int end) {
        int least = from + (end - from) / 2;
        for (String mark : new String[] {"\n\n", "\n", ". ", " "}) {
            int at = text.lastIndexOf(mark, end - mark.length());
            if (at >= least) {
                return at + mark.length();
            }
        }
        return end - from > 1 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
