package dev.bantam.ext.thinkingbudget;

import java.util.function.ToIntFunction;

/** What is kept of a thought: how it began, and more of how far it had come. */
final class Trace {
    private static final String LEFT_OUT = "\n[…]\n";
    private static final double BEGINNING = 0.25;
    private static final double SMALLER = 0.8;

    private Trace() {}

    static String kept(String thought, int most, ToIntFunction<String> tokens) {
        String text = thought.strip();
        int count = tokens.applyAsInt(text);
        if (count <= most) {
            return text;
        }
        String kept = text;
        for (double share = (double) most / count; most > 0 && share > 0.001; share *= SMALLER) {
            int begin = cut(text, (int) (text.length() * share * BEGINNING));
            int end = cut(text, text.length() - (int) (text.length() * share * (1 - BEGINNING)));
            kept = text.substring(0, begin) + LEFT_OUT + text.substring(end);
            if (tokens.applyAsInt(kept) <= most) {
                return kept;
            }
        }
        return "[…]";
    }

    /** Never between the halves of a character. */
    private static int cut(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
