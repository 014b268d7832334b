package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.kernel.block.Q4_K;
import dev.bantam.engine.kernel.block.Q6_K;
import dev.bantam.engine.kernel.packed.PackMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductsTest {
    private static final int COLUMNS = 512;
    private static final int ROWS = 600;
    /** Of a multiplication: lambdas and what its caller makes. Vectors in boxes would come to twenty times as much. */
    private static final long FEW_BYTES = 8192;

    /**
     * Asked of processes of their own, as a model has one: what other tests have multiplied before changes what the
     * compiler makes of it. What it makes depends on its timing too, hence the second and third process.
     */
    @Test
    void hardlyAllocateOnceTheyAreCompiled() throws Exception {
        List<Long> bytes = new ArrayList<>();
        while (bytes.size() < 3 && bytes.stream().noneMatch(least -> least <= FEW_BYTES)) {
            bytes.add(leastOfAProcess());
        }
        assertThat(bytes)
                .as("bytes a multiplication, of all threads, in %s", bytes)
                .anyMatch(least -> least <= FEW_BYTES);
    }

    private static long leastOfAProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProductsTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            return Long.parseLong(output.readLine());
        }
    }

    /** Prints how many bytes a multiplication allocates when it allocates least. */
    public static void main(String[] arguments) {
        System.out.println(leastBytes());
    }

    private static long leastBytes() {
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
            return least;
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
