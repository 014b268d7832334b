package dev.bantam.sandbox;

import dev.bantam.api.Sandbox.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Ends a session's commands when together they use more than they may: memory, processes, or the disk of the workspace,
 * which has no quota of its own. It looks five times a second while a command runs, else once a second for what runs in
 * the background. Between two looks a process can take more; what one process may have is limited by the kernel besides.
 */
public final class Watchdog implements AutoCloseable {
    private static final long BUSY_MILLIS = 200;
    private static final long IDLE_MILLIS = 1000;
    private static final long MIB = 1L << 20;

    /** Why commands were ended. */
    public record Breach(boolean memory, String reason) {
        private static final int KILLED = 137;

        /** @param most that are allowed */
        public static Breach ofProcesses(int most) {
            return new Breach(false, "ended by the sandbox: more than " + most + " processes were running");
        }

        /** How a command ended that was ended for it; the reason goes below its output. */
        public Outcome outcome(Duration took, Consumer<ByteBuffer> output) {
            if (memory) {
                return new Outcome.OutOfMemory(took);
            }
            output.accept(ByteBuffer.wrap(("\n[" + reason + "]\n").getBytes(StandardCharsets.UTF_8)));
            return new Outcome.Exited(KILLED, took);
        }
    }

    /** A look at what runs. */
    public record Usage(int processes, long memoryBytes) {}

    private final Limits limits;
    private final Path workspace;
    private final Supplier<Usage> usage;
    private final Runnable end;
    private final LongSupplier kills;
    private final AtomicInteger running = new AtomicInteger();
    private final Object turn = new Object();
    private Thread thread; // guarded by turn
    private boolean closed; // guarded by turn
    private Breach latest; // guarded by turn
    private boolean ending; // guarded by turn; what runs is being ended
    private long freeAtStart; // guarded by turn; when the first of the running commands began

    /** @param end ends all that runs */
    public Watchdog(Limits limits, Path workspace, Supplier<Usage> usage, Runnable end) {
        this(limits, workspace, usage, end, () -> 0);
    }

    /** @param kills counts the processes that the kernel has ended for want of memory */
    Watchdog(Limits limits, Path workspace, Supplier<Usage> usage, Runnable end, LongSupplier kills) {
        this.kills = kills;
        this.limits = limits;
        this.workspace = workspace;
        this.usage = usage;
        this.end = end;
    }

    /** The time of one command. */
    public final class Watch implements AutoCloseable {
        private final Breach before;
        private final long killsBefore = kills.getAsLong();

        private Watch(Breach before) {
            this.before = before;
        }

        /** What happened since the command began. */
        public Optional<Breach> breach() {
            synchronized (turn) {
                if (latest != before) {
                    return Optional.of(latest);
                }
            }
            return kills.getAsLong() > killsBefore
                    ? Optional.of(new Breach(true, "the kernel ended a process: the sandbox's memory was used up"))
                    : Optional.empty();
        }

        @Override
        public void close() {
            running.decrementAndGet();
        }
    }

    /** Begins to watch for one command, which is not started yet: what begins during a breach would be ended with it. */
    public Watch watch() throws IOException, InterruptedException {
        synchronized (turn) {
            while (ending) {
                turn.wait();
            }
            if (running.getAndIncrement() == 0) {
                freeAtStart = free();
            }
            if (thread == null && !closed) {
                thread = Thread.ofPlatform().daemon().name("bantam-watchdog").start(this::keepWatch);
            }
            turn.notifyAll();
            return new Watch(latest);
        }
    }

    private void keepWatch() {
        try {
            while (pause()) {
                Optional<Breach> breach = look();
                if (breach.isPresent()) {
                    synchronized (turn) {
                        latest = breach.get();
                        ending = true;
                    }
                    endAll();
                }
            }
        } catch (InterruptedException e) {
            // nobody interrupts it; without a watch the kernel's limits remain
        }
    }

    private void endAll() {
        try {
            end.run();
        } finally {
            synchronized (turn) {
                ending = false;
                turn.notifyAll();
            }
        }
    }

    private boolean pause() throws InterruptedException {
        synchronized (turn) {
            if (!closed) {
                turn.wait(running.get() > 0 ? BUSY_MILLIS : IDLE_MILLIS);
            }
            return !closed;
        }
    }

    private Optional<Breach> look() {
        Usage now = usage.get();
        if (now.memoryBytes > limits.memoryBytes()) {
            return Optional.of(new Breach(
                    true, "ended by the sandbox: more than " + mib(limits.memoryBytes()) + " of memory was used"));
        }
        if (now.processes > limits.processes()) {
            return Optional.of(Breach.ofProcesses(limits.processes()));
        }
        return now.processes == 0 ? Optional.empty() : disk();
    }

    private Optional<Breach> disk() {
        long atStart;
        synchronized (turn) {
            atStart = freeAtStart;
        }
        try {
            long free = free();
            if (free < Math.min(limits.diskFloorBytes(), atStart / 2)) { // half: the disk may be as full as that before
                return Optional.of(new Breach(
                        false,
                        "ended by the sandbox: only " + mib(free)
                                + " are left on the workspace's disk. Free some space before you go on"));
            }
            if (atStart - free > limits.diskWriteBytes()) {
                return Optional.of(new Breach(
                        false,
                        "ended by the sandbox: the free space on the workspace's disk fell" + " by more than "
                                + mib(limits.diskWriteBytes()) + " while the command ran"));
            }
        } catch (IOException e) {
            // the workspace was removed: then nothing more is written to it
        }
        return Optional.empty();
    }

    private long free() throws IOException {
        FileStore disk = Files.getFileStore(workspace);
        return disk.getUsableSpace();
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }

    @Override
    public void close() {
        synchronized (turn) {
            closed = true;
            turn.notifyAll();
        }
    }
}
