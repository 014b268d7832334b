package dev.bantam.engine.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A small pool of daemon threads that share loops with the caller. Which thread takes which slice is left to chance, so a
 * slice may write only what no other slice reads or writes; then results do not depend on the number of threads. One
 * caller at a time.
 */
public final class Workers implements AutoCloseable {
    /** Rounds of waiting before a thread sleeps: a few microseconds, so that crowded cores are not kept busy. */
    private static final int SPINS = 200;

    private final Thread[] threads;
    private volatile Job current = new Job(null, 0, 1, null);
    private volatile boolean closed;

    /** A part of a loop: the items {@code begin .. end}. */
    public interface Slice {
        void run(int begin, int end);
    }

    /** Starts {@code threads - 1} threads; the caller is the last one. */
    public Workers(int threads) {
        this.threads = new Thread[threads - 1];
        for (int i = 0; i < this.threads.length; i++) {
            this.threads[i] = Thread.ofPlatform()
                    .daemon()
                    .name("bantam-engine-" + (i + 1))
                    .start(this::serve);
        }
    }

    /** Runs {@code slice} over the items {@code 0 .. items}, {@code perSlice} at a time, and returns when all are done. */
    public void split(int items, int perSlice, Slice slice) {
        if (items <= perSlice || threads.length == 0) {
            slice.run(0, items);
            return;
        }
        Job job = new Job(slice, items, perSlice, Thread.currentThread());
        current = job;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        job.work();
        job.await();
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    private void serve() {
        Job seen = null;
        while (!closed) {
            for (int i = 0; current == seen && i < SPINS; i++) {
                Thread.onSpinWait();
            }
            Job job = current;
            if (job == seen) {
                LockSupport.park(this);
            } else {
                seen = job;
                job.work();
            }
        }
    }

    private static final class Job {
        private final Slice slice;
        private final int items;
        private final int perSlice;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private volatile Throwable failure;

        Job(Slice slice, int items, int perSlice, Thread caller) {
            this.slice = slice;
            this.items = items;
            this.perSlice = perSlice;
            this.caller = caller;
            this.left = new AtomicInteger(Math.ceilDiv(items, perSlice));
        }

        void work() {
            int slices = Math.ceilDiv(items, perSlice);
            for (int i = next.getAndIncrement(); i < slices; i = next.getAndIncrement()) {
                try {
                    slice.run(i * perSlice, Math.min(items, (i + 1) * perSlice));
                } catch (RuntimeException | Error problem) {
                    failure = problem;
                }
                if (left.decrementAndGet() == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }

        /** Not ended by interruption: slices write into the caller's arrays, so they are waited for. */
        void await() {
            for (int i = 0; left.get() > 0; i++) {
                if (i < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (failure != null) {
                throw new IllegalStateException("a part of the computation failed", failure);
            }
        }
    }
}
