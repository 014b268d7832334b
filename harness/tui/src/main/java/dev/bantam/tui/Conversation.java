package dev.bantam.tui;

import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import dev.bantam.tui.Screen.Live;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * What is said, as it is said: finished text and tool lines above; below, while a run goes on, the block that is being
 * written, what the run is doing, and the line that is being typed. All threads that draw meet here.
 */
final class Conversation implements EventListener {
    private enum Section {
        NONE,
        TEXT,
        LINES
    }

    private final Screen screen;
    private final InstantSource clock;
    private final EventLines lines = new EventLines();
    private final Progress progress = new Progress();
    private final Thoughts thoughts = new Thoughts();
    private final Entry entry = new Entry();
    private final Unsent unsent = new Unsent();
    private final MarkdownStream markdown = new MarkdownStream(this::printText);
    private final PlainStream plain;
    private Section section = Section.NONE;
    private boolean active;
    private boolean hidden;
    private boolean stopping;
    private boolean streamed;
    private int frame;

    Conversation(Screen screen, InstantSource clock) {
        this.screen = screen;
        this.clock = clock;
        this.plain = new PlainStream(screen::raw);
    }

    /** A run begins: from now on there are live rows. */
    synchronized void start() {
        active = true;
        stopping = false;
        section = Section.NONE;
        progress.start(clock.instant());
        screen.show(live());
    }

    /** The run is over: everything that was streamed is written out, and the live rows are gone. */
    synchronized void finish() {
        endText();
        endThinking();
        progress.stop();
        active = false;
        screen.show(Live.NONE);
    }

    /** Makes room at the bottom of the screen for something else, or takes it again. */
    synchronized void hide(boolean hide) {
        endThinking();
        hidden = hide;
        screen.show(live());
    }

    @Override
    public synchronized void on(Event event) {
        switch (event) {
            case Event.SessionStarted session -> {} // the status line says the same
            case Event.TextStreamed text -> {
                endThinking();
                text(text.text());
                progress.on(event);
            }
            case Event.ThinkingStreamed thinking -> {
                endText();
                progress.on(event);
                thoughts.add(thinking.text());
            }
            case Event.AssistantReplied reply -> {
                endThinking();
                if (!streamed) {
                    text(reply.message().text());
                }
                endText();
                section = section == Section.TEXT ? Section.NONE : section; // the next reply's text stands apart
                streamed = false;
                progress.on(event);
            }
            case Event.PrefillAdvanced prefill -> progress.on(event);
            case Event.TurnStarted _,
                    Event.ToolStarted _,
                    Event.ToolFinished _,
                    Event.Decided _,
                    Event.Compacted _,
                    Event.Escalated _,
                    Event.RunFinished _ -> {
                endThinking();
                endText();
                progress.on(event);
                if (event instanceof Event.Decided decided) {
                    unsent.on(decided);
                }
                printLines(lines.of(event, screen.width()));
            }
        }
    }

    /** Says something that is no event. */
    synchronized void say(String text, AttributedStyle style) {
        printLines(text.lines()
                .flatMap(line -> Columns.wrap(Ink.line(Clean.text(line), style), screen.width()).stream())
                .toList());
    }

    /** Edits the typed line. */
    synchronized void edit(Consumer<Entry> change) {
        change.accept(entry);
        screen.show(live());
    }

    /** Reads or takes the typed line, if a run goes on that can be told of it. */
    synchronized <T> Optional<T> whileActive(Function<Entry, T> use) {
        return active ? Optional.ofNullable(use.apply(entry)) : Optional.empty();
    }

    /** What was typed and not sent, or sent and not delivered. */
    synchronized String takeEntry() {
        return unsent.takeBefore(entry.take());
    }

    synchronized void stopping() {
        stopping = true;
        screen.show(live());
    }

    synchronized void toggleThinking() {
        thoughts.toggle();
        screen.show(live());
    }

    synchronized void tick() {
        frame++;
        screen.show(live());
    }

    synchronized void resized() {
        screen.resized();
    }

    private void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        streamed = true;
        if (screen.moving()) {
            markdown.add(text, screen.width());
        } else {
            enter(Section.TEXT);
            plain.add(text);
        }
    }

    private void endText() {
        markdown.end();
        plain.end();
    }

    private void endThinking() {
        List<AttributedString> said = thoughts.end(progress.streamedTokens(), screen.width());
        if (!said.isEmpty()) {
            printLines(said);
        }
    }

    private void printText(List<AttributedString> text) {
        enter(Section.TEXT);
        screen.print(text, live());
    }

    private void printLines(List<AttributedString> said) {
        if (!said.isEmpty()) {
            plain.end();
            enter(Section.LINES);
            screen.print(said, live());
        }
    }

    /** Sets text and lines apart by a blank line. */
    private void enter(Section next) {
        if (section != next) {
            section = next;
            screen.print(List.of(AttributedString.EMPTY), live());
        }
    }

    private Live live() {
        if (!active || hidden || !screen.moving()) {
            return Live.NONE;
        }
        int width = screen.width();
        List<AttributedString> rows = new ArrayList<>(thoughts.rows(width));
        List<AttributedString> pending = markdown.pending(width);
        if (!pending.isEmpty() && section != Section.TEXT) {
            rows.add(AttributedString.EMPTY);
        }
        rows.addAll(pending);
        int most = Math.max(1, screen.height() / 2);
        rows = new ArrayList<>(rows.subList(Math.max(0, rows.size() - most), rows.size()));
        rows.add(AttributedString.EMPTY);
        String doing = stopping ? "stopping…" : progress.line(clock.instant()) + " · esc stops";
        rows.add(Spinner.line(frame, doing));
        Entry.Row typed = entry.row(width);
        rows.add(typed.line());
        return new Live(rows, typed.cursor());
    }
}
