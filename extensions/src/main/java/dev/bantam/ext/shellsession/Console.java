package dev.bantam.ext.shellsession;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A terminal of the sandbox with what it shows. */
final class Console implements AutoCloseable {
    private static final int COLUMNS = 160;
    private static final int ROWS = 50;

    /** A session is over long before. */
    private static final Duration ALWAYS = Duration.ofDays(7);

    /** Programs print plainly, and start no editor. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "TERM", "dumb",
            "VIRTUAL_ENV_DISABLE_PROMPT", "1",
            "EDITOR", "false",
            "VISUAL", "false",
            "GIT_EDITOR", "false");

    private static final long LOOK_EVERY_MILLIS = 50;
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Sandbox.Terminal terminal;
    private final Screen screen;
    private final Pace pace;

    private Console(Sandbox.Terminal terminal, Screen screen, Pace pace) {
        this.terminal = terminal;
        this.screen = screen;
        this.pace = pace;
    }

    /** Why it was waited no longer. */
    sealed interface Pause {
        /** The shell waits for a command. */
        record Ready(Screen.Prompt prompt) implements Pause {}

        record Ended(int exitCode) implements Pause {}

        record Asked(Asking asking) implements Pause {}

        record TimeUp() implements Pause {}
    }

    static Console open(Sandbox sandbox, Path folder, String line, Screen screen, Pace pace)
            throws IOException, InterruptedException {
        Sandbox.Command command = new Sandbox.Command(line, folder, ALWAYS, ENVIRONMENT);
        return new Console(sandbox.open(command, COLUMNS, ROWS, screen), screen, pace);
    }

    Screen screen() {
        return screen;
    }

    void type(String text) throws IOException {
        terminal.type(text.getBytes(StandardCharsets.UTF_8));
    }

    OptionalInt exitCode() {
        return terminal.exitCode();
    }

    /** Waits until something happens that somebody must deal with. */
    Pause await(Duration limit) throws InterruptedException {
        return await(limit, true);
    }

    /** The same while nothing runs but the shell itself, which asks nothing. */
    Pause awaitShell() throws InterruptedException {
        return await(pace.start(), false);
    }

    private Pause await(Duration limit, boolean mindsPrompts) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<Screen.Prompt> prompt = screen.prompt();
            if (prompt.isPresent()) {
                return new Pause.Ready(prompt.get());
            }
            if (terminal.exitCode().isPresent()) {
                terminal.await(LAST_OUTPUT);
                return new Pause.Ended(terminal.exitCode().getAsInt());
            }
            Optional<Asking> asking = mindsPrompts ? Asking.on(screen, pace) : Optional.empty();
            if (asking.isPresent()) {
                return new Pause.Asked(asking.get());
            }
            if (System.nanoTime() - deadline >= 0) {
                return new Pause.TimeUp();
            }
            screen.await(LOOK_EVERY_MILLIS);
        }
    }

    @Override
    public void close() {
        terminal.close();
    }
}
