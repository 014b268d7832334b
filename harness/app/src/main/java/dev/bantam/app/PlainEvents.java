package dev.bantam.app;

import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import dev.bantam.tui.EventLines;
import java.io.PrintStream;
import org.jline.utils.AttributedString;

/** Prints events as plain lines: what the model says, and each tool call. */
final class PlainEvents implements EventListener {
    private static final int WIDTH = 120;

    private final PrintStream out;
    private final EventLines lines = new EventLines();

    PlainEvents(PrintStream out) {
        this.out = out;
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.AssistantReplied replied
                && !replied.message().text().isBlank()) {
            out.println(replied.message().text());
        }
        for (AttributedString line : lines.of(event, WIDTH)) {
            out.println(line.toString());
        }
        out.flush();
    }
}
