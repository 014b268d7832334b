package dev.bantam.tui;

import java.util.LinkedHashMap;
import java.util.Map;

/** Long pastes, which stand in the prompt as a few words and are sent, and kept in the history, in full. */
final class Pastes {
    private static final int LINES_SHOWN = 10;

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** What to show for a pasted text: itself if it is short. */
    String fold(String text) {
        long lines = text.lines().count();
        if (lines <= LINES_SHOWN) {
            return text;
        }
        String words = "[paste " + (texts.size() + 1) + ": " + lines + " lines]";
        texts.put(words, text);
        return words;
    }

    /** The line with every folded paste in full. */
    String unfold(String line) {
        String whole = line;
        for (Map.Entry<String, String> paste : texts.entrySet()) {
            whole = whole.replace(paste.getKey(), paste.getValue());
        }
        return whole;
    }
}
