package dev.bantam.engine.kernel;

import dev.bantam.engine.kernel.block.BlockLayout;
import dev.bantam.engine.kernel.block.MXFP4;
import dev.bantam.engine.kernel.block.Packable;
import dev.bantam.engine.kernel.block.Q4_0;
import dev.bantam.engine.kernel.block.Q4_K;
import dev.bantam.engine.kernel.block.Q5_K;
import dev.bantam.engine.kernel.block.Q6_K;
import dev.bantam.engine.kernel.block.Q8_0;
import dev.bantam.engine.kernel.packed.PackMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Prints how fast products are: for one token as a share of the speed at which the machine reads memory, for many tokens in
 * GFLOP/s. Not a test; run its main method with {@code --add-modules jdk.incubator.vector}. Every round measures all in
 * turn, and medians are printed, in processor time of the threads that compute, since cores may be shared. Matrices are streamed from memory, half a gigabyte of each type.
 */
public final class KernelBenchmark {
    private static final int COLUMNS = 2048;
    private static final int ROWS = 2048;
    private static final int BATCH = 128;

    private KernelBenchmark() {}

    /** @param arguments rounds, megabytes of each type, most threads: 9 512 2 if left out */
    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        long bytes = (arguments.length > 1 ? Integer.parseInt(arguments[1]) : 512) * 1_000_000L;
        int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
        try (Arena arena = Arena.ofShared()) {
            MemorySegment data = random(arena, bytes);
            MemorySegment floats4 = fourBitFloats(arena, bytes);
            for (int t = 1; t <= threads; t++) {
                try (Workers workers = new Workers(t)) {
                    run(arena, data, floats4, workers, rounds, t);
                }
            }
        }
    }

    private static void run(
            Arena arena, MemorySegment data, MemorySegment floats4, Workers workers, int rounds, int threads) {
        Map<String, Matrix[]> types = types(arena, data, floats4);
        Map<String, List<Double>> decode = new LinkedHashMap<>();
        Map<String, List<Double>> prefill = new LinkedHashMap<>();
        List<Double> read = new ArrayList<>();
        for (int round = 0; round < rounds + 1; round++) {
            read.add(read(data, workers, threads));
            for (Map.Entry<String, Matrix[]> type : types.entrySet()) {
                double one = multiply(type.getValue(), workers, threads, 1);
                Matrix[] few = Arrays.copyOf(type.getValue(), Math.min(4, type.getValue().length));
                double many = multiply(few, workers, threads, BATCH);
                if (round > 0) { // the first one packs and compiles
                    long weights = (long) ROWS * COLUMNS;
                    decode.computeIfAbsent(type.getKey(), _ -> new ArrayList<>())
                            .add(bytes(type.getKey()) * type.getValue().length / one / 1e9);
                    prefill.computeIfAbsent(type.getKey(), _ -> new ArrayList<>())
                            .add(2.0 * weights * few.length * BATCH / many / 1e9);
                }
            }
        }
        double limit = median(read);
        System.out.printf("%d threads: read %.1f GB/s%n", threads, limit);
        decode.forEach((type, values) -> System.out.printf(
                "  %-6s decode %5.1f GB/s, %.2f of read; prefill %4.0f GFLOP/s%n",
                type, median(values), median(values) / limit, median(prefill.get(type))));
    }

    private static Map<String, Matrix[]> types(Arena arena, MemorySegment data, MemorySegment floats4) {
        Map<String, Matrix[]> types = new LinkedHashMap<>();
        PackMemory memory = new PackMemory(arena, Long.MAX_VALUE);
        for (BlockLayout layout : layouts()) {
            MemorySegment source = layout instanceof MXFP4 ? floats4 : data;
            IntFunction<Matrix> matrix = at -> new PackedMatrix(
                    (Packable) layout, source.asSlice((long) at * size(layout)), ROWS, COLUMNS, memory);
            types.put(layout.getClass().getSimpleName(), matrices(source, layout.bytes(), layout.weights(), matrix));
        }
        types.put("Q8_0 f", matrices(data, 34, 32, at -> new Q8Matrix(data.asSlice(at * size(34, 32)), ROWS, COLUMNS)));
        types.put("F16", matrices(data, 2, 1, at -> new F16Matrix(data.asSlice(at * size(2, 1)), ROWS, COLUMNS)));
        types.put("BF16", matrices(data, 2, 1, at -> new BF16Matrix(data.asSlice(at * size(2, 1)), ROWS, COLUMNS)));
        return types;
    }

    private static List<BlockLayout> layouts() {
        return List.of(new Q4_0(), new Q4_K(), new Q5_K(), new Q6_K(), new Q8_0(), new MXFP4());
    }

    private static Matrix[] matrices(MemorySegment data, int bytes, int weights, IntFunction<Matrix> at) {
        Matrix[] matrices = new Matrix[(int) (data.byteSize() / size(bytes, weights))];
        Arrays.setAll(matrices, at);
        return matrices;
    }

    private static long size(BlockLayout layout) {
        return size(layout.bytes(), layout.weights());
    }

    private static long size(int bytes, int weights) {
        return (long) ROWS * COLUMNS / weights * bytes;
    }

    /** Of a matrix as the file has it. */
    private static double bytes(String type) {
        return switch (type) {
            case "Q8_0 f" -> size(34, 32);
            case "F16", "BF16" -> size(2, 1);
            default ->
                size(layouts().stream()
                        .filter(layout -> layout.getClass().getSimpleName().equals(type))
                        .findFirst()
                        .orElseThrow());
        };
    }

    private static double multiply(Matrix[] matrices, Workers workers, int threads, int n) {
        float[] x = new float[n * COLUMNS];
        Random random = new Random(1);
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        float[] out = new float[n * ROWS];
        Products products = new Products(workers);
        long start = processorTime();
        for (Matrix matrix : matrices) {
            products.multiply(x, n, Products.into(matrix, out));
        }
        return seconds(start, threads);
    }

    /** Processor time of this thread and the engine's since {@code start}, for each of them. */
    private static double seconds(long start, int threads) {
        return (processorTime() - start) / 1e9 / threads;
    }

    private static long processorTime() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().startsWith("bantam-engine"))
                .mapToLong(thread -> bean.getThreadCpuTime(thread.threadId()))
                .sum();
    }

    /** GB/s. */
    private static double read(MemorySegment data, Workers workers, int threads) {
        int pages = (int) (data.byteSize() >> 20);
        long[] sums = new long[pages];
        long start = processorTime();
        workers.split(pages, 1, (begin, end) -> {
            for (int page = begin; page < end; page++) {
                sums[page] = PlainRead.sum(data.asSlice((long) page << 20, 1 << 20));
            }
        });
        double seconds = seconds(start, threads);
        if (Arrays.stream(sums).sum() == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return ((long) pages << 20) / seconds / 1e9;
    }

    private static MemorySegment random(Arena arena, long bytes) {
        byte[] some = new byte[1 << 20];
        new Random(1).nextBytes(some);
        for (int i = 1; i < some.length; i += 2) {
            some[i] &= 0x3f; // no half float and no brain float is large
        }
        return repeat(arena, some, bytes);
    }

    /** MXFP4 with scales near 1: subnormal numbers would be slow. */
    private static MemorySegment fourBitFloats(Arena arena, long bytes) {
        byte[] some = new byte[17 << 16];
        new Random(1).nextBytes(some);
        for (int i = 0; i < some.length; i += 17) {
            some[i] = 126;
        }
        return repeat(arena, some, bytes);
    }

    private static MemorySegment repeat(Arena arena, byte[] some, long bytes) {
        MemorySegment data = arena.allocate(bytes, 64);
        for (long at = 0; at < bytes; at += some.length) {
            MemorySegment.copy(some, 0, data, ValueLayout.JAVA_BYTE, at, (int) Math.min(some.length, bytes - at));
        }
        return data;
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
