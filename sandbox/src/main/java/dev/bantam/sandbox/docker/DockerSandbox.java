package dev.bantam.sandbox.docker;

import dev.bantam.api.Sandbox;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.Limits;
import dev.bantam.sandbox.Network;
import dev.bantam.sandbox.Watchdog;
import dev.bantam.sandbox.registry.Relay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The sandbox of kind {@code docker}: one container for a session, in which every command is a program of its own. The
 * container starts with {@link #prepare} or with the first command, and ends with {@link #close} or with this process.
 *
 * <p>A container that ended because a command killed all it could, or took all memory, is replaced by a new one for the
 * next command. Commands may run at the same time.
 */
public final class DockerSandbox implements Sandbox {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "TERM", "dumb",
            "NO_COLOR", "1",
            "PAGER", "cat",
            "GIT_PAGER", "cat",
            "GIT_TERMINAL_PROMPT", "0");
    private static final String STARTED_ANEW =
            "\n[the sandbox's processes were killed, or there was no room for one more: it starts anew]\n";

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final String session = UUID.randomUUID().toString();
    private final AtomicLong started = new AtomicLong();
    private final Preparation preparation;
    private final boolean registries;
    private final Limits limits;
    private final Watchdog watchdog; // of the disk; the engine limits the rest
    private CompletableFuture<Container> container; // guarded by this; null before the first
    private boolean closed; // guarded by this

    /**
     * Starts nothing yet, and asks no engine.
     *
     * @param confinement its environment says where the engine is, see {@link Engine#find}
     */
    public DockerSandbox(DockerOptions options, Confinement confinement) {
        preparation = new Preparation(options, confinement, session);
        registries = confinement.network() == Network.REGISTRIES;
        limits = confinement.limits();
        watchdog = new Watchdog(limits, confinement.workspace(), this::usage, this::endAll);
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public void prepare() {
        starting();
    }

    private synchronized CompletableFuture<Container> starting() {
        boolean over = container != null && container.isDone() && present().isEmpty();
        if (!closed && (container == null || over)) {
            CompletableFuture<Container> next = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("bantam-container-start").start(() -> start(next));
            container = next;
        }
        return container;
    }

    private void start(CompletableFuture<Container> next) {
        try {
            next.complete(preparation.start());
        } catch (IOException | InterruptedException | RuntimeException e) {
            next.completeExceptionally(e);
        }
    }

    /** The container, where one runs now. */
    private synchronized Optional<Container> present() {
        return container == null || !container.isDone() || container.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(container.join()).filter(running -> !running.hasEnded());
    }

    private Watchdog.Usage usage() {
        return new Watchdog.Usage(present().isPresent() ? 1 : 0, 0);
    }

    private void endAll() {
        present().ifPresent(Container::close);
    }

    private Container running() throws IOException, InterruptedException {
        CompletableFuture<Container> starting = starting();
        if (isClosed()) {
            throw new IOException("The sandbox is closed. Start a new session.");
        }
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException, InterruptedException {
        Container running = ready(command);
        long startedAt = System.nanoTime();
        String mark = nextMark();
        EndMark endMark = new EndMark();
        Delivery delivery = new Delivery(output);
        CompletableFuture<EndMark.End> end = new CompletableFuture<>();
        try (Watchdog.Watch watch = watchdog.watch()) {
            Exec exec = running.start(
                    program(Script.RUN.with(preparation.words(mark, endMark.token(), command.line())), command, "dumb"),
                    bytes -> endMark.take(bytes, delivery).ifPresent(end::complete),
                    () -> {
                        endMark.flush(delivery);
                        end.complete(null);
                    });
            boolean exited = await(end, command.timeLimit());
            if (!exited) {
                running.end(mark);
                await(end, LAST_WORDS);
            }
            delivery.detach();
            delivery.rethrow();
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            Optional<Watchdog.Breach> breach = watch.breach();
            if (breach.isPresent()) {
                return breach.get().outcome(took, output);
            }
            EndMark.End last = end.getNow(null);
            if (last != null && last.refusals() > 0) {
                running.close(); // there may be no room for what would end the processes one by one
                return Watchdog.Breach.ofProcesses(limits.processes()).outcome(took, output);
            }
            if (exited && last == null) {
                int code = exec.exitCode();
                running.close(); // whoever killed what runs the command killed more: what is left is no use
                output.accept(ByteBuffer.wrap(STARTED_ANEW.getBytes(StandardCharsets.UTF_8)));
                return new Outcome.Exited(code, took);
            }
            return outcome(exited, last, took);
        } catch (InterruptedException e) {
            running.end(mark);
            throw e;
        } finally {
            delivery.detach();
        }
    }

    /** @param last null for a command that even after its time has not told how it ended */
    private static Outcome outcome(boolean exited, EndMark.End last, Duration took) {
        if (last != null && last.memoryKills() > 0 && (last.code() != 0 || !exited)) {
            return new Outcome.OutOfMemory(took);
        }
        return exited ? new Outcome.Exited(last.code(), took) : new Outcome.TimedOut(took);
    }

    private static boolean await(CompletableFuture<EndMark.End> end, Duration limit) throws InterruptedException {
        try {
            end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is never completed with a fault", e);
        }
    }

    @Override
    public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output)
            throws IOException, InterruptedException {
        Container running = ready(command);
        String mark = nextMark();
        Exec.Program program = program(
                Script.TERMINAL.with(mark, command.line(), String.valueOf(columns), String.valueOf(rows)),
                command,
                "xterm-256color");
        return DockerTerminal.start(running, program, mark, command.timeLimit(), output);
    }

    private Container ready(Command command) throws IOException, InterruptedException {
        if (command.line().indexOf('\0') >= 0) {
            throw new IOException("The command holds a NUL character, which no shell takes. Send it without.");
        }
        if (!Files.isDirectory(command.folder())) {
            throw new IOException("The folder " + command.folder() + " does not exist.");
        }
        return running();
    }

    private String nextMark() {
        return session + "/" + started.incrementAndGet() + ".";
    }

    private Exec.Program program(String[] words, Command command, String terminal) {
        Map<String, String> environment = new TreeMap<>(ENVIRONMENT);
        if (registries) {
            environment.putAll(Relay.environment());
        }
        environment.put("TERM", terminal);
        environment.putAll(command.environment());
        return new Exec.Program(words, command.folder().toString(), environment);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        CompletableFuture<Container> last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = container;
        }
        watchdog.close();
        if (last != null && !last.isDone()) {
            last.whenComplete((late, fault) -> end(late)); // nobody waits for what starts only to be ended
        } else {
            end(last == null || last.isCompletedExceptionally() ? null : last.join());
        }
    }

    private void end(Container last) {
        if (last != null) {
            last.close();
        }
        preparation.close();
    }
}
