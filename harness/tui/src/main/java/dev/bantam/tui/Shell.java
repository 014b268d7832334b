package dev.bantam.tui;

import dev.bantam.api.EventListener;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * The interactive session: a prompt, and while a run goes on its text, its tool calls, and a line to steer it with.
 *
 * <p>The loop, the driver's runs and its commands are on the thread that calls {@link #loop}; the keyboard is read on
 * another one while a run goes on.
 */
public final class Shell {
    private final Terminal terminal;
    private final Driver driver;
    private final Conversation conversation;
    private final Commands commands;
    private final Prompt prompt;
    private final Questions questions;
    private final ConcurrentLinkedQueue<Commands.Call> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean quit = new AtomicBoolean();
    private volatile Optional<Steering> steering = Optional.empty();
    private String status = "";
    private String typed = "";
    private boolean interrupted;
    private boolean running;

    /**
     * A shell in a terminal, which stays the caller's to close.
     *
     * @param history file of earlier prompts
     * @param workspace root of the file names that are completed
     */
    public Shell(Terminal terminal, Driver driver, Ink ink, Path history, Path workspace) {
        this.terminal = terminal;
        this.driver = driver;
        conversation = new Conversation(new Screen(terminal, ink), InstantSource.system());
        commands = new Commands(driver);
        prompt = new Prompt(
                terminal,
                ink,
                history,
                new Completion(workspace.toAbsolutePath().normalize(), commands::all));
        questions = new Questions(prompt, conversation, this::leave);
    }

    /** Draws what it hears; on any thread, one at a time. */
    public EventListener listener() {
        return conversation;
    }

    /** Prompts until the person leaves. Returns the exit code. */
    public int loop() {
        return loop(Optional.empty());
    }

    /** Like {@link #loop()}, with a first prompt that was given on the command line. */
    public int loop(Optional<String> first) {
        conversation.say("/help tells what can be typed", Ink.DIM);
        first.ifPresent(text -> {
            conversation.say("› " + text, Ink.TEXT);
            accept(text);
        });
        while (!quit.get()) {
            showStatus();
            try {
                accept(prompt.read(typed));
                interrupted = false;
            } catch (UserInterruptException cleared) {
                interrupted(cleared.getPartialLine());
            } catch (EndOfFileException end) {
                return 0;
            }
        }
        return 0;
    }

    /** Prints a notice, broken between words where the terminal is too narrow. Also before the loop and during a run. */
    public void say(String text) {
        conversation.say(text, Ink.DIM);
    }

    /** Asks a yes-or-no question; everything but a clear yes is no. Also during a run, from the run's thread. */
    public boolean confirm(String question) {
        return alone(() -> questions.confirm(question));
    }

    /** Asks a yes-or-no question whose answer is kept; empty for Ctrl+C and Ctrl+D, which are no answer. */
    public Optional<Boolean> decide(String question) {
        return alone(() -> questions.decide(question));
    }

    /** Lets the person choose one of several, counted from 0; empty if they will not. Also during a run. */
    public Optional<Integer> choose(String question, List<String> options) {
        return alone(() -> questions.choose(question, options));
    }

    /** Whoever answers a run's question with Ctrl+C wants the run to end. */
    private void leave() {
        if (running) {
            cancel();
        }
    }

    /** Asks while nothing else reads the keyboard or draws below. */
    private <T> T alone(Supplier<T> dialog) {
        boolean listening = steering.isPresent();
        stopListening();
        conversation.hide(true);
        try {
            return dialog.get();
        } finally {
            conversation.hide(false);
            if (listening) {
                listen();
            }
        }
    }

    private void showStatus() {
        String now = driver.status();
        if (!now.equals(status)) {
            status = now;
            conversation.say(now, Ink.DIM);
        }
    }

    private void interrupted(String line) {
        typed = "";
        if (interrupted && line.isEmpty()) {
            quit.set(true);
        } else {
            interrupted = true;
            conversation.say("Ctrl+C again leaves", Ink.DIM);
        }
    }

    private void accept(String line) {
        typed = "";
        Optional<Commands.Call> call = Commands.parse(line);
        if (call.isPresent()) {
            command(call.get());
        } else if (!line.isBlank()) {
            run(line);
        }
    }

    private void command(Commands.Call call) {
        if (call.quits()) {
            quit.set(true);
        } else {
            Commands.Ran ran = commands.run(call);
            conversation.say(ran.shown(), Ink.TEXT);
            ran.prompt().ifPresent(this::run);
        }
    }

    private void run(String text) {
        SignalHandler before = terminal.handle(Signal.INT, signal -> cancel());
        conversation.start();
        listen();
        running = true;
        try {
            driver.run(text);
        } catch (InterruptedException cancelled) {
            interrupted = false; // the prompt comes back as after any other run
        } finally {
            running = false;
            conversation.finish();
            stopListening();
            terminal.handle(Signal.INT, before);
            Thread.interrupted(); // a cancellation that came too late must not end the prompt
        }
        typed = conversation.takeEntry();
        for (Commands.Call call = waiting.poll(); call != null; call = waiting.poll()) {
            command(call);
        }
    }

    private void listen() {
        if (!Ink.isDumb(terminal.getType())) {
            steering = Optional.of(new Steering(terminal, driver, conversation, this::cancel, this::commandDuringRun));
        }
    }

    private void stopListening() {
        steering.ifPresent(Steering::close);
        steering = Optional.empty();
    }

    private void cancel() {
        conversation.stopping();
        driver.cancel();
    }

    /** Takes a line that was typed during a run if it is a command. */
    private boolean commandDuringRun(String line) {
        Optional<Commands.Call> call = Commands.parse(line);
        if (call.filter(Commands.Call::quits).isPresent()) {
            quit.set(true);
            cancel();
        } else if (call.isPresent()) {
            String said = commands.runDuringRun(call.get()).orElseGet(() -> {
                waiting.add(call.get());
                return "↳ /" + call.get().name() + " comes when this run has ended";
            });
            conversation.say(said, Ink.DIM);
        }
        return call.isPresent();
    }
}
