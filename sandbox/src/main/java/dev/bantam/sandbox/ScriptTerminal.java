package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A terminal that the program {@code script} made: what is typed goes to its input, what is shown comes from its output. */
final class ScriptTerminal implements Sandbox.Terminal {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(2);
    private static final Duration START_LIMIT = Duration.ofSeconds(5);

    /** As of a process that was killed. */
    private static final int KILLED = 137;

    /** Runs a program to its end where the terminal is. */
    interface Runner {
        void run(List<String> words) throws IOException, InterruptedException;
    }

    private final Process process;
    private final ProcessTree tree;
    private final OutputPump pump;
    private final Runner inTheSandbox;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile OptionalInt exitCode = OptionalInt.empty();

    private ScriptTerminal(Commands.Started started, OutputPump pump, Runner inTheSandbox) {
        this.process = started.process();
        this.tree = started.tree();
        this.pump = pump;
        this.inTheSandbox = inTheSandbox;
    }

    static ScriptTerminal start(
            Commands.Started started, Duration limit, Consumer<ByteBuffer> output, Runner inTheSandbox)
            throws InterruptedException {
        OutputPump pump = new OutputPump(started.process().getInputStream(), output);
        ScriptTerminal terminal = new ScriptTerminal(started, pump, inTheSandbox);
        try {
            terminal.pump.start();
        } catch (InterruptedException e) {
            terminal.tree.end();
            throw e;
        }
        Thread.ofPlatform().daemon().name("bantam-terminal").start(() -> terminal.watch(limit));
        return terminal;
    }

    private void watch(Duration limit) {
        int code = KILLED;
        try {
            boolean byItself = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            tree.end(); // also what has left the terminal for the background
            pump.drain(DRAIN_LIMIT);
            code = byItself ? process.exitValue() : KILLED;
        } catch (InterruptedException | RuntimeException e) {
            tree.end(); // nobody interrupts this thread; a listener that threw hears no more
        } finally {
            pump.detach();
            exitCode = OptionalInt.of(code);
            ended.countDown();
        }
    }

    @Override
    public void type(byte[] bytes) throws IOException {
        if (exitCode.isPresent()) {
            throw new IOException("The terminal's command has ended. Open a new one.");
        }
        OutputStream keyboard = process.getOutputStream();
        keyboard.write(bytes);
        keyboard.flush();
    }

    @Override
    public void resize(int columns, int rows) throws IOException {
        List<String> words = List.of("stty", "-F", device().toString(), "cols", "" + columns, "rows", "" + rows);
        try {
            inTheSandbox.run(words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The terminal's device file, as its shell sees it; there is none until the shell has started. */
    private Path device() throws IOException {
        long start = System.nanoTime();
        while (exitCode.isEmpty() && System.nanoTime() - start < START_LIMIT.toNanos()) {
            Optional<Path> device = tree.terminal();
            if (device.isPresent()) {
                return device.get();
            }
            Thread.onSpinWait();
        }
        throw new IOException("The terminal's command has ended or does not use it, so it cannot be resized.");
    }

    @Override
    public OptionalInt exitCode() {
        return exitCode;
    }

    @Override
    public boolean await(Duration limit) throws InterruptedException {
        return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        tree.end();
    }
}
