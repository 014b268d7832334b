package dev.bantam.app.setup;

import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import dev.bantam.core.session.EventJson;
import dev.bantam.core.session.MessageJson;
import java.io.PrintStream;

/** Prints one JSON event a line. */
public final class JsonLines implements EventListener {
    private final PrintStream out;

    public JsonLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void on(Event event) {
        out.print(MessageJson.text(EventJson.write(event)) + "\n");
        out.flush();
    }
}
