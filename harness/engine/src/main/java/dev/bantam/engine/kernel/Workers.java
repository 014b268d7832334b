package dev.bantam.engine.kernel;

import dev.bantam.engine.kernel.packed.Quantized;
import dev.bantam.engine.kernel.packed.Scratch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A small pool of daemon threads that share loops with the caller, and the scratch memory of each. Which thread takes which
 * slice is left to chance, so a slice may write only what no other slice reads or writes; then results do not depend on the
 * number of threads. One caller at a time.
 *
 * <p>A thread without work spins for a while before it sleeps: long enough for what a forward pass does between two loops,
 * so that its some hundred loops cost no system calls, and short enough that crowded cores are not kept busy between tokens.
 */
public final class Workers implements AutoCloseable {
    /** Rounds of waiting before a thread sleeps: some 50 microseconds. */
    private static final int SPINS = 2000;

    private final Worker[] threads;
    private final Scratch[] scratch;
    private final Quantized quantized = new Quantized();
    /** The loop's number in the upper half, how many of its slices nobody took yet in the lower. */
    private final AtomicLong next = new AtomicLong();

    private final AtomicInteger left = new AtomicInteger();
    private volatile Thread sleepingCaller;
    private volatile Throwable failure;
    private volatile boolean closed;
    // written before a loop is published in next, and not before all slices of the last one are done
    private NumberedSlice slice;
    private int items;
    private int perSlice;
    private int slices;

    /** A part of a loop: the items {@code begin .. end}. */
    public interface Slice {
        void run(int begin, int end);
    }

    /** A part of a loop, run by the thread {@code thread}, whose scratch memory it may use. */
    public interface NumberedSlice {
        void run(int thread, int begin, int end);
    }

    /** Starts {@code threads - 1} threads; the caller is the first one. */
    public Workers(int threads) {
        this.threads = new Worker[threads - 1];
        scratch = new Scratch[threads];
        for (int i = 0; i < threads; i++) {
            scratch[i] = new Scratch();
        }
        for (int i = 0; i < this.threads.length; i++) {
            this.threads[i] = new Worker(i + 1);
            this.threads[i].setDaemon(true);
            this.threads[i].start();
        }
    }

    /** The scratch memory of a thread, for slices that it runs. */
    Scratch scratch(int thread) {
        return scratch[thread];
    }

    /** Activations that the caller shares with all threads. */
    Quantized quantized() {
        return quantized;
    }

    /** Runs {@code slice} over the items {@code 0 .. items}, {@code perSlice} at a time, and returns when all are done. */
    public void split(int items, int perSlice, Slice slice) {
        split(items, perSlice, (thread, begin, end) -> slice.run(begin, end));
    }

    /** The same for slices that need to know their thread. */
    public void split(int items, int perSlice, NumberedSlice slice) {
        if (items <= perSlice || threads.length == 0) {
            slice.run(0, 0, items);
            return;
        }
        this.slice = slice;
        this.items = items;
        this.perSlice = perSlice;
        slices = Math.ceilDiv(items, perSlice);
        failure = null;
        left.set(slices);
        long loop = (next.get() >>> 32) + 1;
        next.set(loop << 32 | slices);
        for (Worker thread : threads) {
            if (thread.asleep) {
                LockSupport.unpark(thread);
            }
        }
        work(0, loop);
        await();
        this.slice = null;
        if (failure != null) {
            throw new IllegalStateException("a part of the computation failed", failure);
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    private void work(int thread, long loop) {
        while (true) {
            long ticket = next.get();
            int untaken = (int) ticket;
            if (ticket >>> 32 != loop || untaken == 0) {
                return;
            }
            NumberedSlice run = slice;
            int begin = (slices - untaken) * perSlice;
            int end = Math.min(items - begin, perSlice) + begin;
            // When this succeeds the loop was not over, so what was read before is its own.
            if (next.compareAndSet(ticket, ticket - 1)) {
                try {
                    run.run(thread, begin, end);
                } catch (RuntimeException | Error problem) {
                    failure = problem;
                }
                if (left.decrementAndGet() == 0 && sleepingCaller != null) {
                    LockSupport.unpark(sleepingCaller);
                }
            }
        }
    }

    /** Not ended by interruption: slices write into the caller's arrays, so they are waited for. */
    private void await() {
        for (int i = 0; i < SPINS; i++) {
            if (left.get() == 0) {
                return;
            }
            Thread.onSpinWait();
        }
        sleepingCaller = Thread.currentThread();
        while (left.get() > 0) {
            LockSupport.park(this);
        }
        sleepingCaller = null;
    }

    private final class Worker extends Thread {
        private final int number;
        private volatile boolean asleep;

        Worker(int number) {
            super("bantam-engine-" + number);
            this.number = number;
        }

        @Override
        public void run() {
            long seen = 0;
            while (!closed) {
                for (int i = 0; next.get() >>> 32 == seen && i < SPINS; i++) {
                    Thread.onSpinWait();
                }
                if (next.get() >>> 32 == seen) {
                    asleep = true;
                    while (next.get() >>> 32 == seen && !closed) {
                        LockSupport.park(Workers.this);
                    }
                    asleep = false;
                }
                seen = next.get() >>> 32;
                work(number, seen);
            }
        }
    }
}
