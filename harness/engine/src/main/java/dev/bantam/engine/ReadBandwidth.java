package dev.bantam.engine;

import dev.bantam.engine.kernel.PlainRead;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * Measures how fast threads can read this machine's memory. Generating a token reads every weight that it meets once, so
 * this is the limit of its speed: bytes a second over bytes a token.
 */
public final class ReadBandwidth {
    /** Larger than the caches of most processors. */
    private static final long BUFFER = 256L << 20;

    private static final int CHUNK = 1 << 16;
    private static final int WARM_UP_CALLS = 4_000;
    private static final long WARM_UP_LIMIT = Duration.ofMillis(1_500).toNanos();

    private ReadBandwidth() {}

    /**
     * Reads for a while, after some reading until that code is compiled. Takes 256 MiB.
     *
     * @param threads that read at once, each its own part
     * @return bytes a second, all threads together
     */
    public static double measure(int threads, Duration time) throws InterruptedException {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment buffer = arena.allocate(BUFFER, 64);
            AtomicLong sums = new AtomicLong(); // so that no read can be left out
            DoubleAdder rate = new DoubleAdder();
            warmUp(buffer, sums);
            List<Thread> readers = new ArrayList<>();
            long each = BUFFER / threads / CHUNK * CHUNK;
            for (int i = 0; i < threads; i++) {
                MemorySegment part = buffer.asSlice(i * each, each);
                readers.add(Thread.ofPlatform().daemon().start(() -> rate.add(read(part, time.toNanos(), sums))));
            }
            for (Thread reader : readers) {
                join(reader);
            }
            return rate.sum();
        }
    }

    /** Counts calls rather than time, since the compiler waits for its turn too; but not for ever. */
    private static void warmUp(MemorySegment buffer, AtomicLong sums) {
        long begin = System.nanoTime();
        for (int i = 0; i < WARM_UP_CALLS && System.nanoTime() - begin < WARM_UP_LIMIT; i++) {
            sums.addAndGet(PlainRead.sum(buffer.asSlice((long) i * CHUNK % BUFFER, CHUNK)));
        }
    }

    /** The memory must not be given back before the last reader is done, which takes no longer than was asked for. */
    private static void join(Thread reader) throws InterruptedException {
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            reader.join();
            throw interrupted;
        }
    }

    /** Reads for so long, at least one chunk, and returns bytes a second. */
    private static double read(MemorySegment part, long nanos, AtomicLong sums) {
        long begin = System.nanoTime();
        long bytes = 0;
        long sum = 0;
        do {
            sum += PlainRead.sum(part.asSlice(bytes % part.byteSize(), CHUNK));
            bytes += CHUNK;
        } while (System.nanoTime() - begin < nanos);
        sums.addAndGet(sum);
        return bytes * 1e9 / (System.nanoTime() - begin);
    }
}
