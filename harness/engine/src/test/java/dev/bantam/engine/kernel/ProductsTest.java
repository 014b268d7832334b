package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.kernel.block.Q4_K;
import dev.bantam.engine.kernel.block.Q6_K;
import dev.bantam.engine.kernel.packed.PackMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProductsTest {
    private static final int COLUMNS = 512;
    private static final int ROWS = 600;
    /** Of a multiplication: lambdas and what its caller makes. Vectors in boxes would come to twenty times as much. */
    private static final long FEW_BYTES = 8192;

    @Test
    void hardlyAllocateOnceTheyAreCompiled() {
        try (Arena arena = Arena.ofShared();
                Workers workers = new Workers(2)) {
            PackMemory memory = new PackMemory(arena, 1 << 30);
            Matrix four = new PackedMatrix(new Q4_K(), zeros(arena, 144), ROWS, COLUMNS, memory);
            Matrix six = new PackedMatrix(new Q6_K(), zeros(arena, 210), ROWS, COLUMNS, memory);
            Matrix floats = new F32Matrix(arena.allocate(4L * ROWS * COLUMNS), ROWS, COLUMNS);
            Products products = new Products(workers);
            float[] x = new float[3 * COLUMNS];
            float[] a = new float[3 * ROWS];
            float[] b = new float[3 * ROWS];
            float[] c = new float[3 * ROWS];
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 100 && least > FEW_BYTES; round++) {
                long before = allocated();
                for (int i = 0; i < 200; i++) {
                    int n = 1 + i % 3;
                    products.multiply(x, n, Products.into(four, a), Products.into(six, b), Products.into(floats, c));
                }
                least = Math.min(least, (allocated() - before) / 200);
            }
            assertThat(least).as("bytes a multiplication, of all threads").isLessThanOrEqualTo(FEW_BYTES);
        }
    }

    private static MemorySegment zeros(Arena arena, int blockBytes) {
        return arena.allocate((long) ROWS * COLUMNS / 256 * blockBytes);
    }

    /** Bytes that this thread and the engine's have allocated. */
    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().startsWith("bantam-engine"))
                .mapToLong(Thread::threadId)
                .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
    }
}
