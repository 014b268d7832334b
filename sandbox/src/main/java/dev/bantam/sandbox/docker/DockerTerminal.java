package dev.bantam.sandbox.docker;

import dev.bantam.api.Sandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program in the container with a terminal that the engine made. */
final class DockerTerminal implements Sandbox.Terminal {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Container container;
    private final String mark;
    private final Keyboard keyboard = new Keyboard();
    private final Delivery delivery;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Exec exec;
    private volatile OptionalInt exitCode = OptionalInt.empty();

    private DockerTerminal(Container container, String mark, Consumer<ByteBuffer> output) {
        this.container = container;
        this.mark = mark;
        delivery = new Delivery(output);
    }

    static DockerTerminal start(
            Container container, Exec.Program program, String mark, Duration limit, Consumer<ByteBuffer> output)
            throws IOException {
        DockerTerminal terminal = new DockerTerminal(container, mark, output);
        terminal.exec = container.startTerminal(
                program, terminal.keyboard, bytes -> terminal.delivery.accept(ByteBuffer.wrap(bytes)), () -> {});
        Thread.ofPlatform().daemon().name("bantam-terminal").start(() -> terminal.watch(limit));
        return terminal;
    }

    private void watch(Duration limit) {
        int code = Exec.KILLED;
        try {
            boolean byItself = exec.awaitEnd(limit);
            container.end(mark); // also what has left the terminal for the background
            exec.awaitEnd(LAST_WORDS);
            code = byItself ? exec.exitCode() : Exec.KILLED;
        } catch (InterruptedException e) {
            container.end(mark); // nobody interrupts this thread
        } finally {
            delivery.detach();
            keyboard.close();
            exitCode = OptionalInt.of(code);
            ended.countDown();
        }
    }

    @Override
    public void type(byte[] bytes) throws IOException {
        keyboard.type(bytes);
    }

    @Override
    public void resize(int columns, int rows) throws IOException {
        exec.resize(columns, rows);
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
        keyboard.close();
        if (exitCode.isEmpty()) {
            container.end(mark);
        }
    }
}
