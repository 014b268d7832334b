package dev.bantam.evals.speed;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a mapped file from end to end, each thread a part of its own: how fast weights can come at all. */
final class ReadBandwidth implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment data;
    private final int threads;
    private volatile long sum; // so that reading is not left out

    ReadBandwidth(Path file, int threads) throws IOException {
        this.threads = threads;
        try (FileChannel channel = FileChannel.open(file)) {
            data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /** Bytes a second of one pass. */
    double measure() throws InterruptedException {
        List<Thread> readers = new ArrayList<>();
        long part = data.byteSize() / threads & -64;
        long start = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            long from = t * part;
            readers.add(Thread.ofPlatform().start(() -> sum += sum(data.asSlice(from, part))));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return part * threads / ((System.nanoTime() - start) / 1e9);
    }

    private static long sum(MemorySegment part) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (long at = 0; at < part.byteSize(); at += 32) {
            a += part.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
            b += part.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 8);
            c += part.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 16);
            d += part.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 24);
        }
        return a + b + c + d;
    }

    @Override
    public void close() {
        arena.close();
    }
}
