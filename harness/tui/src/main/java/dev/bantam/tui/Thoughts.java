package dev.bantam.tui;

import java.util.List;
import org.jline.utils.AttributedString;

/** The model's thinking: counted, and shown in full only to those who ask for it. */
final class Thoughts {
    private final StringBuilder text = new StringBuilder();
    private boolean shown;

    void add(String more) {
        text.append(more);
    }

    void toggle() {
        shown = !shown;
    }

    /** What is shown while the model thinks. */
    List<AttributedString> rows(int width) {
        return shown ? wrapped(width) : List.of();
    }

    /** The model has stopped thinking: what stays of it, nothing if there was nothing. */
    List<AttributedString> end(long tokens, int width) {
        if (text.isEmpty()) {
            return List.of();
        }
        String count = "thinking… " + tokens + (tokens == 1 ? " token" : " tokens");
        List<AttributedString> lines = shown ? wrapped(width) : List.of(Ink.line(count, Ink.DIM));
        text.setLength(0);
        return lines;
    }

    private List<AttributedString> wrapped(int width) {
        return Clean.text(text.toString())
                .strip()
                .lines()
                .flatMap(line -> Columns.wrap(Ink.line(line, Ink.DIM.italic()), width).stream())
                .toList();
    }
}
