package dev.bantam.ext.toolcallrepair;

import java.util.List;

/**
 * A text whose beginning may be thinking that a server did not take out.
 *
 * @param thought the thinking with its marks; empty if there is none
 * @param said the rest
 */
record Thoughts(String thought, String said) {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    /** Some templates open the thinking in the prompt, so a closing mark alone ends it too. */
    static Thoughts split(String text) {
        boolean opened = text.stripLeading().startsWith(OPEN);
        int close = text.indexOf(CLOSE);
        if (close < 0) {
            return opened ? new Thoughts(text, "") : new Thoughts("", text);
        }
        if (!opened) {
            List<Candidate> candidates = new CallFinder(text).find();
            while (close >= 0 && within(candidates, close)) {
                close = text.indexOf(CLOSE, close + 1);
            }
            if (close < 0) {
                return new Thoughts("", text);
            }
        }
        int end = close + CLOSE.length();
        return new Thoughts(text.substring(0, end), text.substring(end));
    }

    /** A mark inside a call's argument is content. */
    private static boolean within(List<Candidate> candidates, int position) {
        return candidates.stream()
                .anyMatch(candidate ->
                        candidate.fault().isEmpty() && candidate.start() <= position && position < candidate.end());
    }

    /** The thinking without its closing mark. */
    String open() {
        return thought.endsWith(CLOSE) ? thought.substring(0, thought.length() - CLOSE.length()) : thought;
    }

    /** The same with another thinking. */
    Thoughts thinking(String changed) {
        return new Thoughts(thought.endsWith(CLOSE) ? changed + CLOSE : changed, said);
    }
}
