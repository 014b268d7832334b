package dev.bantam.tui;

import java.time.Duration;

/** Runs something regularly on a thread of its own, until it is closed. */
final class Pulse implements AutoCloseable {
    static final Duration REDRAW = Duration.ofMillis(120); // a local model needs the processor more

    private final Runnable beat;
    private boolean closed;

    private Pulse(Runnable beat) {
        this.beat = beat;
    }

    static Pulse every(Duration period, Runnable beat) {
        Pulse pulse = new Pulse(beat);
        Thread.ofVirtual().name("bantam-pulse").start(() -> pulse.run(period));
        return pulse;
    }

    private synchronized void run(Duration period) {
        try {
            while (!closed) {
                wait(period.toMillis());
                if (!closed) {
                    beat.run();
                }
            }
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt(); // nobody has this thread
        }
    }

    /** No beat runs after this has returned. Do not call it while holding what the beat needs. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
