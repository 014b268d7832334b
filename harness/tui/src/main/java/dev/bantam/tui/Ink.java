package dev.bantam.tui;

import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** How lines become bytes for a terminal: with styles or without. No control character gets through. */
public enum Ink {
    STYLED,
    PLAIN;

    static final AttributedStyle TEXT = AttributedStyle.DEFAULT;
    static final AttributedStyle DIM = AttributedStyle.DEFAULT.faint();
    static final AttributedStyle GOOD = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    static final AttributedStyle BAD = AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
    static final AttributedStyle NOTE = AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
    static final AttributedStyle ACCENT = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);

    /** What the environment asks for: plain if {@code NO_COLOR} is set and not empty, or the terminal is dumb. */
    public static Ink wanted(Map<String, String> environment) {
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return noColour || isDumb(environment.get("TERM")) ? PLAIN : STYLED;
    }

    /** Whether a terminal of this type can neither move its cursor nor erase. */
    static boolean isDumb(String type) {
        return type == null || type.isEmpty() || type.startsWith("dumb");
    }

    static AttributedString line(String text, AttributedStyle style) {
        return new AttributedString(text, style);
    }

    /** The line as it may be written, without a line end. */
    String paint(AttributedString line) {
        AttributedString safe = harmless(line);
        if (this == PLAIN) {
            return safe.toString();
        }
        StringBuilder painted = new StringBuilder(); // JLine's own toAnsi would replace │ by |
        for (int end, i = 0; i < safe.length(); i = end) {
            end = safe.runLimit(i);
            String style = safe.styleAt(i).toAnsi();
            String text = safe.subSequence(i, end).toString();
            painted.append(style.isBlank() ? text : "\u001b[" + style + "m" + text + "\u001b[0m");
        }
        return painted.toString();
    }

    private static AttributedString harmless(AttributedString line) {
        if (line.codePoints().allMatch(codePoint -> Clean.harmless(codePoint) == codePoint)) {
            return line;
        }
        AttributedStringBuilder safe = new AttributedStringBuilder();
        for (int i = 0; i < line.length(); ) {
            int codePoint = Character.codePointAt(line, i);
            safe.styled(line.styleAt(i), Character.toString(Clean.harmless(codePoint)));
            i += Character.charCount(codePoint);
        }
        return safe.toAttributedString();
    }
}
