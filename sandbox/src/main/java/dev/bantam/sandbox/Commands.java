package dev.bantam.sandbox;

import dev.bantam.api.Sandbox.Command;
import dev.bantam.api.Sandbox.Outcome;
import dev.bantam.api.Sandbox.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs the commands of one session, whatever starts their processes: with a clean environment, to their end or to their
 * limits, and with nothing left over that was not left on purpose.
 */
final class Commands implements AutoCloseable {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);
    private static final long LOOK_EVERY_MILLIS = 200;

    /** Starts processes in some confinement. */
    interface Launcher {
        /** @param keyboard whether something will be written to its standard input, which else may be empty */
        Started launch(List<String> words, Map<String, String> variables, Path folder, boolean keyboard)
                throws IOException, InterruptedException;

        /** All that was started and still runs. */
        ProcessTree everything();
    }

    /** A process and how to find all that it starts. */
    record Started(Process process, ProcessTree tree) {}

    private final String session;
    private final AtomicLong started = new AtomicLong();
    private final Environment environment;
    private final Shell shell;
    private final Launcher launcher;
    private final Watchdog watchdog;
    private volatile boolean closed;

    /** @param session occurs in the environment of every process, so that it is found */
    Commands(String session, Environment environment, Shell shell, Launcher launcher, Watchdog watchdog) {
        this.session = session;
        this.environment = environment;
        this.shell = shell;
        this.launcher = launcher;
        this.watchdog = watchdog;
    }

    Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException, InterruptedException {
        check(command);
        try (Watchdog.Watch watch = watchdog.watch()) {
            return run(command, output, watch);
        }
    }

    private Outcome run(Command command, Consumer<ByteBuffer> output, Watchdog.Watch watch)
            throws IOException, InterruptedException {
        long startedAt = System.nanoTime();
        Started started = launcher.launch(
                shell.commandLine(command.line()),
                environment.with(command.environment(), nextMark()),
                command.folder(),
                false);
        OutputPump pump = new OutputPump(started.process.getInputStream(), output);
        try {
            pump.start();
            started.process.getOutputStream().close(); // the shell waits for this, see Shell
            boolean exited = await(started, command.timeLimit());
            if (!exited) {
                started.tree.end();
            }
            pump.drain(DRAIN_LIMIT);
            pump.detach();
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            Optional<Watchdog.Breach> breach = watch.breach();
            if (breach.isPresent()) {
                return breach.get().outcome(took, output);
            }
            return exited ? new Outcome.Exited(started.process.exitValue(), took) : new Outcome.TimedOut(took);
        } catch (InterruptedException | IOException e) {
            started.tree.end();
            throw e;
        } finally {
            pump.detach();
            launcher.everything().remember(started.tree);
        }
    }

    Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output)
            throws IOException, InterruptedException {
        check(command);
        Started started = launcher.launch(
                shell.terminalCommandLine(command.line(), columns, rows),
                environment.withTerminal(command.environment(), nextMark()),
                command.folder(),
                true);
        return ScriptTerminal.start(started, command.timeLimit(), output, words -> resize(words, command.folder()));
    }

    private void resize(List<String> words, Path folder) throws IOException, InterruptedException {
        Process resizing = launcher.launch(words, environment.with(Map.of(), nextMark()), folder, false)
                .process();
        try (InputStream said = resizing.getInputStream()) {
            String problem = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            if (resizing.waitFor() != 0) {
                throw new IOException("The terminal could not be resized: " + problem.strip());
            }
        }
    }

    private String nextMark() {
        return session + "/" + started.incrementAndGet();
    }

    private void check(Command command) throws IOException {
        if (closed) {
            throw new IOException("The sandbox is closed. Start a new session.");
        }
        if (!Files.isDirectory(command.folder())) {
            throw new IOException("The folder " + command.folder() + " does not exist.");
        }
    }

    private static boolean await(Started started, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
            if (started.process.waitFor(Math.min(left, LOOK_EVERY_MILLIS), TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            started.tree.look();
        }
    }

    @Override
    public void close() {
        closed = true;
        watchdog.close();
        launcher.everything().end();
        shell.close();
    }
}
