package dev.bantam.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries the output of one command to its listener, on a thread of its own. When nobody listens any more it goes on
 * reading, so that a server left in the background is not ended by a broken pipe.
 *
 * <p>The JDK closes a pipe as soon as the process at its head exits, unless somebody is inside the stream's monitor. The
 * pump holds that monitor while it reads. Should a later JDK do otherwise, background processes that print would die;
 * {@code SandboxContract} would show it.
 */
final class OutputPump {
    private static final int BUFFER_BYTES = 1 << 16;

    /** A reader that waits this long found the pipe empty. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private static final long DELIVERING = 0;

    private final InputStream pipe;
    private final CountDownLatch pipeHeld = new CountDownLatch(1);
    private final CountDownLatch atEnd = new CountDownLatch(1);
    private final Object listening = new Object();
    private Consumer<ByteBuffer> listener; // guarded by listening; null when detached
    private RuntimeException fault; // guarded by listening
    private volatile long waitingSince = DELIVERING;

    OutputPump(InputStream pipe, Consumer<ByteBuffer> listener) {
        this.pipe = pipe;
        this.listener = listener;
    }

    void start() throws InterruptedException {
        Thread.ofPlatform().daemon().name("bantam-command-output").start(this::carry);
        pipeHeld.await();
    }

    private void carry() {
        synchronized (pipe) {
            pipeHeld.countDown();
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                waitingSince = now();
                for (int n = pipe.read(buffer); n >= 0; n = pipe.read(buffer)) {
                    waitingSince = DELIVERING;
                    deliver(ByteBuffer.wrap(buffer, 0, n));
                    waitingSince = now();
                }
            } catch (IOException e) {
                // The other end was killed in the middle of a write: that is the end of the output.
            }
        }
        atEnd.countDown();
    }

    private void deliver(ByteBuffer bytes) {
        synchronized (listening) {
            if (listener == null) {
                return;
            }
            try {
                listener.accept(bytes);
            } catch (RuntimeException e) {
                fault = e;
                listener = null;
            }
        }
    }

    /** Waits until what the command has written is delivered; rethrows what the listener threw. */
    void drain(Duration limit) throws InterruptedException {
        long since = now();
        while (!atEnd.await(10, TimeUnit.MILLISECONDS)) {
            long waiting = waitingSince;
            boolean quiet = waiting != DELIVERING && now() - Math.max(waiting, since) > QUIET_NANOS;
            if (quiet || now() - since > limit.toNanos()) {
                break;
            }
        }
        synchronized (listening) {
            if (fault != null) {
                throw fault;
            }
        }
    }

    /** From now on output is thrown away. */
    void detach() {
        synchronized (listening) {
            listener = null;
        }
    }

    /** Never {@link #DELIVERING}. */
    private static long now() {
        return System.nanoTime() | 1;
    }
}
