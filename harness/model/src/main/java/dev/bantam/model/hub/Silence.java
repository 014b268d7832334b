package dev.bantam.model.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream that brings nothing for too long, so that whoever reads it goes on with an error. */
final class Silence implements AutoCloseable {
    private final InputStream stream;
    private final Duration longest;
    private final Thread watching;
    private volatile long last = System.nanoTime();

    Silence(InputStream stream, Duration longest) {
        this.stream = stream;
        this.longest = longest;
        watching = Thread.ofVirtual().start(this::watch);
    }

    /** Something came. */
    void broken() {
        last = System.nanoTime();
    }

    private void watch() {
        try {
            long left = longest.toNanos();
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = last + longest.toNanos() - System.nanoTime();
            }
            stream.close();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (IOException closedAlready) {
            // the reader sees it too
        }
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
