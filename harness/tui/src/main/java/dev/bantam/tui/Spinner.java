package dev.bantam.tui;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** The moving mark before what goes on right now. */
final class Spinner {
    private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private Spinner() {}

    static AttributedString line(int frame, String text) {
        return new AttributedStringBuilder()
                .styled(Ink.ACCENT, FRAMES.charAt(frame % FRAMES.length()) + " ")
                .styled(Ink.DIM, Clean.line(text))
                .toAttributedString();
    }
}
