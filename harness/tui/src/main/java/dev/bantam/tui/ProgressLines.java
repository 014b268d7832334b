package dev.bantam.tui;

import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import java.io.Flushable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jline.utils.AttributedString;

/**
 * Shows a headless run, usually on standard error: one line that moves with what the run is doing, and above it a line
 * for every tool call. Safe for use by the run's thread and the one that ticks.
 */
public final class ProgressLines implements EventListener, AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final Appendable out;
    private final IntSupplier width;
    private final Ink ink;
    private final boolean moving;
    private final InstantSource clock;
    private final EventLines lines = new EventLines();
    private final Progress progress = new Progress();
    private Optional<Pulse> pulse = Optional.empty();
    private boolean drawn;
    private boolean closed;
    private int frame;

    /**
     * Progress that moves when {@link #tick} is called.
     *
     * @param width columns of the terminal, asked for at each line
     * @param moving whether the terminal can erase a line; without it only finished lines are written
     */
    public ProgressLines(Appendable out, IntSupplier width, Ink ink, boolean moving, InstantSource clock) {
        this.out = out;
        this.width = width;
        this.ink = ink;
        this.moving = moving;
        this.clock = clock;
    }

    /**
     * Progress that moves by itself, for a caller who knows that the stream is a terminal.
     *
     * @param environment its {@code COLUMNS} is the width; without that, the width is asked from the terminal that this
     *     process was started in
     */
    public static ProgressLines on(PrintStream terminal, Map<String, String> environment) {
        return movingByItself(terminal, Terminals.width(environment), environment);
    }

    /** Progress on standard error that moves by itself; empty where that is no terminal. */
    public static Optional<ProgressLines> onStandardError(Map<String, String> environment) {
        return Terminals.standardError().map(error -> movingByItself(error.out(), error.width(), environment));
    }

    private static ProgressLines movingByItself(PrintStream out, IntSupplier width, Map<String, String> environment) {
        boolean moving = !Ink.isDumb(environment.get("TERM"));
        ProgressLines progress = new ProgressLines(out, width, Ink.wanted(environment), moving, InstantSource.system());
        if (moving) {
            progress.pulse = Optional.of(Pulse.every(Pulse.REDRAW, progress::tick));
        }
        return progress;
    }

    @Override
    public synchronized void on(Event event) {
        progress.on(event);
        List<AttributedString> said = lines.of(event, columns());
        if (closed || said.isEmpty()) {
            return;
        }
        erase();
        said.forEach(line -> write(ink.paint(line) + "\n"));
        draw();
    }

    /** Redraws the moving line. */
    public synchronized void tick() {
        if (!closed && progress.running()) {
            frame++;
            erase();
            draw();
        }
    }

    /** Erases the moving line, so that what is written next starts on a fresh line. Nothing is written afterwards. */
    @Override
    public void close() {
        pulse.ifPresent(Pulse::close);
        synchronized (this) {
            erase();
            closed = true;
        }
    }

    private void draw() {
        if (moving && progress.running()) {
            AttributedString line = Spinner.line(frame, progress.line(clock.instant()));
            write(ink.paint(Columns.cut(line, columns())));
            drawn = true;
        }
    }

    private void erase() {
        if (drawn) {
            write(ERASE_LINE);
            drawn = false;
        }
    }

    private int columns() {
        return Math.max(20, width.getAsInt() - 1);
    }

    private void write(String text) {
        try {
            out.append(text);
            if (out instanceof Flushable buffered) {
                buffered.flush(); // the moving line has no line end that would
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
