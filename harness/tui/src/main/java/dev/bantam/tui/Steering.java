package dev.bantam.tui;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.ClosedException;

/**
 * Listens to the keyboard while a run goes on, on a thread of its own. Opening it puts the terminal into raw mode,
 * closing it puts everything back; keys that were not read stay for the prompt.
 */
final class Steering implements AutoCloseable {
    private static final long ESCAPE_MILLIS = 60;

    private final Terminal terminal;
    private final Driver driver;
    private final Conversation conversation;
    private final Runnable cancel;
    private final Predicate<String> commands;
    private final Attributes before;
    private final SignalHandler resizeBefore;
    private final Keys keys;
    private final Pulse pulse;
    private final Thread thread;

    /** @param commands takes a typed line if it is a command, and says whether it was one */
    Steering(Terminal terminal, Driver driver, Conversation conversation, Runnable cancel, Predicate<String> commands) {
        this.terminal = terminal;
        this.driver = driver;
        this.conversation = conversation;
        this.cancel = cancel;
        this.commands = commands;
        resizeBefore = terminal.handle(Signal.WINCH, signal -> conversation.resized());
        before = terminal.enterRawMode(); // Ctrl+C is a key then, and the children of a run do not get it as a signal
        terminal.writer().write("\u001b[?2004h");
        terminal.flush();
        keys = new Keys(terminal.reader(), ESCAPE_MILLIS);
        pulse = Pulse.every(Pulse.REDRAW, conversation::tick);
        thread = Thread.ofVirtual().name("bantam-keyboard").start(this::listen);
    }

    @Override
    public void close() {
        pulse.close();
        thread.interrupt();
        joinKeyboard();
        terminal.writer().write("\u001b[?2004l");
        terminal.flush();
        terminal.setAttributes(before);
        terminal.handle(Signal.WINCH, resizeBefore);
    }

    private void listen() {
        try {
            Key key;
            do {
                key = keys.next();
                press(key);
            } while (key != Key.Named.END_OF_INPUT && !Thread.currentThread().isInterrupted());
        } catch (InterruptedIOException | ClosedException end) {
            Thread.currentThread().interrupt(); // the end of this thread
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void press(Key key) {
        switch (key) {
            case Key.Typed typed -> conversation.edit(entry -> entry.type(typed.text()));
            case Key.Named named -> {
                switch (named) {
                    case ENTER -> send("steering", driver::steer);
                    case ALT_ENTER -> send("queued", driver::queue);
                    case ESCAPE, INTERRUPT, END_OF_INPUT -> cancel.run();
                    case THINKING -> conversation.toggleThinking();
                    case BACKSPACE, DELETE, LEFT, RIGHT, HOME, END, KILL_LINE, KILL_WORD, NEWLINE, OTHER ->
                        conversation.edit(entry -> entry.edit(named));
                }
            }
        }
    }

    private void send(String how, Consumer<String> receiver) {
        conversation
                .whileActive(entry -> entry.continues() || entry.text().isBlank() ? null : entry.take())
                .ifPresent(text -> {
                    if (!commands.test(text)) {
                        conversation.say("↳ " + how + ": " + text.strip(), Ink.NOTE);
                        receiver.accept(text.strip());
                    }
                });
        conversation.edit(entry -> {});
    }

    private void joinKeyboard() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
