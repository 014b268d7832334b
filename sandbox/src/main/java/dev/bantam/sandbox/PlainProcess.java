package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The sandbox of kind {@code none}: a plain process with the user's own rights. It keeps the environment clean and ends
 * what it started; it confines nothing.
 *
 * <p>A command that exits may leave processes running in the background, such as a server that the next command talks
 * to. They live until {@link #close}. At the time limit, and when the user cancels, nothing of the command is left.
 * Commands may run at the same time.
 */
public final class PlainProcess implements Sandbox {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);
    private static final long LOOK_EVERY_MILLIS = 200;

    private final String session = UUID.randomUUID().toString();
    private final AtomicLong started = new AtomicLong();
    private final Environment environment;
    private final Shell shell;
    private final ProcessTree everything = ProcessTree.ofSession(session);
    private volatile boolean closed;

    /** Commands get what is harmless of this program's own environment. */
    public PlainProcess() {
        this(System.getenv());
    }

    PlainProcess(Map<String, String> parent) {
        environment = new Environment(parent);
        shell = Shell.foundOn(parent.getOrDefault("PATH", ""));
    }

    @Override
    public String kind() {
        return "none";
    }

    @Override
    public Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException, InterruptedException {
        check(command);
        long startedAt = System.nanoTime();
        String mark = session + "/" + started.incrementAndGet();
        Process process =
                start(shell.commandLine(command.line()), command, environment.with(command.environment(), mark));
        ProcessTree tree = ProcessTree.of(process.toHandle(), mark);
        OutputPump pump = new OutputPump(process.getInputStream(), output);
        try {
            pump.start();
            process.getOutputStream().close(); // the shell waits for this, see Shell
            boolean exited = await(process, tree, command.timeLimit());
            if (!exited) {
                tree.end();
            }
            pump.drain(DRAIN_LIMIT);
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            return exited ? new Outcome.Exited(process.exitValue(), took) : new Outcome.TimedOut(took);
        } catch (InterruptedException | IOException e) {
            tree.end();
            throw e;
        } finally {
            pump.detach();
            everything.remember(tree);
        }
    }

    @Override
    public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output)
            throws IOException, InterruptedException {
        check(command);
        String mark = session + "/" + started.incrementAndGet();
        Process process = start(
                shell.terminalCommandLine(command.line(), columns, rows),
                command,
                environment.withTerminal(command.environment(), mark));
        ProcessTree tree = ProcessTree.of(process.toHandle(), mark);
        return ScriptTerminal.start(process, tree, command.timeLimit(), output);
    }

    private void check(Command command) throws IOException {
        if (closed) {
            throw new IOException("The sandbox is closed. Start a new session.");
        }
        if (!Files.isDirectory(command.folder())) {
            throw new IOException("The folder " + command.folder() + " does not exist.");
        }
    }

    private static Process start(List<String> words, Command command, Map<String, String> variables)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(command.folder().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static boolean await(Process process, ProcessTree tree, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
            if (process.waitFor(Math.min(left, LOOK_EVERY_MILLIS), TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            tree.look();
        }
    }

    @Override
    public void close() {
        closed = true;
        everything.end();
        shell.close();
    }
}
