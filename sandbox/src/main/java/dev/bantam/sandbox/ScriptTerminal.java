package dev.bantam.sandbox;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
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

    private final Process process;
    private final ProcessTree tree;
    private final OutputPump pump;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile OptionalInt exitCode = OptionalInt.empty();

    private ScriptTerminal(Process process, ProcessTree tree, OutputPump pump) {
        this.process = process;
        this.tree = tree;
        this.pump = pump;
    }

    static ScriptTerminal start(Process process, ProcessTree tree, Duration limit, Consumer<ByteBuffer> output)
            throws InterruptedException {
        ScriptTerminal terminal = new ScriptTerminal(process, tree, new OutputPump(process.getInputStream(), output));
        try {
            terminal.pump.start();
        } catch (InterruptedException e) {
            tree.end();
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
        Process resizing = new ProcessBuilder(
                        "stty",
                        "-F",
                        device().toString(),
                        "cols",
                        Integer.toString(columns),
                        "rows",
                        Integer.toString(rows))
                .redirectErrorStream(true)
                .start();
        try {
            if (resizing.waitFor() != 0) {
                throw new IOException("The terminal could not be resized: "
                        + new String(resizing.getInputStream().readAllBytes()).strip());
            }
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
