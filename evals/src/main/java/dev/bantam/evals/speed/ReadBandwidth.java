package dev.bantam.evals.speed;

import dev.bantam.engine.kernel.PlainRead;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a mapped file from end to end, each thread a part of its own: how fast weights can come at all. */
final class ReadBandwidth implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment data;
    private final int threads;
    private final Clock clock;
    private volatile long sum; // so that reading is not left out

    ReadBandwidth(Path file, int threads, Clock clock) throws IOException {
        this.clock = clock;
        this.threads = threads;
        try (FileChannel channel = FileChannel.open(file)) {
            data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /** Bytes a second of one pass. */
    double measure() throws InterruptedException {
        return switch (clock) {
            case WALL -> all();
            case PROCESSOR -> {
                long start = clock.nanos();
                sum += PlainRead.sum(data);
                yield data.byteSize() / clock.since(start);
            }
        };
    }

    private double all() throws InterruptedException {
        List<Thread> readers = new ArrayList<>();
        long part = data.byteSize() / threads & -64;
        long start = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            long from = t * part;
            readers.add(Thread.ofPlatform().start(() -> sum += PlainRead.sum(data.asSlice(from, part))));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return part * threads / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() {
        arena.close();
    }
}
