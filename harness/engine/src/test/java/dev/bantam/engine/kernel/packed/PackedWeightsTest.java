package dev.bantam.engine.kernel.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.kernel.block.MXFP4;
import dev.bantam.engine.kernel.block.Packable;
import dev.bantam.engine.kernel.block.Q4_0;
import dev.bantam.engine.kernel.block.Q4_1;
import dev.bantam.engine.kernel.block.Q4_K;
import dev.bantam.engine.kernel.block.Q5_0;
import dev.bantam.engine.kernel.block.Q5_1;
import dev.bantam.engine.kernel.block.Q5_K;
import dev.bantam.engine.kernel.block.Q6_K;
import dev.bantam.engine.kernel.block.Q8_0;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedWeightsTest {
    private static final long SEED = 5;
    private static final int ROWS = 2 * PackedWeights.rowsPerGroup() + 5;
    private static final int TOKENS = 7;

    static Stream<Arguments> types() {
        return Stream.of(
                        new Q4_0(),
                        new Q4_1(),
                        new Q5_0(),
                        new Q5_1(),
                        new MXFP4(),
                        new Q4_K(),
                        new Q5_K(),
                        new Q6_K(),
                        new Q8_0())
                .flatMap(type -> IntStream.of(type.weights(), 9 * type.weights(), 16 * type.weights())
                        .mapToObj(columns -> Arguments.of(type.getClass().getSimpleName(), columns, type)));
    }

    @ParameterizedTest(name = "{0}, {1} columns")
    @MethodSource("types")
    void multipliesTheWeightsByTheRoundedActivations(String name, int columns, Packable layout) {
        MemorySegment data = RandomBlocks.of(layout, ROWS * columns / layout.weights(), SEED);
        float[] x = activations(columns);
        float[] product = product(layout, data, ROWS, columns, x, TOKENS, 1 << 30);
        float[] weights = new float[columns];
        for (int row = 0; row < ROWS; row++) {
            for (int b = 0; b < columns; b += layout.weights()) {
                long block = ((long) row * columns + b) / layout.weights();
                layout.unpack(data, block * layout.bytes(), weights, b);
            }
            for (int t = 0; t < TOKENS; t++) {
                double exact = 0;
                double expected = 0;
                double size = 1e-9;
                for (int i = 0; i < columns; i++) {
                    float scale = largest(x, t * columns + i / 32 * 32) / 127;
                    expected += weights[i] * Math.rint(x[t * columns + i] / scale) * scale;
                    exact += (double) weights[i] * x[t * columns + i];
                    size += Math.abs((double) weights[i] * x[t * columns + i]);
                }
                float actual = product[t * ROWS + row];
                assertThat(Math.abs(actual - expected) / size)
                        .as("row %d, token %d, seed %d", row, t, SEED)
                        .isLessThan(1e-4); // activations right between two bytes may be rounded either way
                assertThat(Math.abs(actual - exact) / size)
                        .as("row %d, token %d, seed %d", row, t, SEED)
                        .isLessThan(0.02);
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1} columns")
    @MethodSource("types")
    void givesTheSameBitsForOneTokenAndForMany(String name, int columns, Packable layout) {
        MemorySegment data = RandomBlocks.of(layout, ROWS * columns / layout.weights(), SEED);
        float[] x = activations(columns);
        float[] together = product(layout, data, ROWS, columns, x, TOKENS, 1 << 30);
        for (int t = 0; t < TOKENS; t++) {
            float[] own = Arrays.copyOfRange(x, t * columns, (t + 1) * columns);
            assertThat(Arrays.copyOfRange(together, t * ROWS, (t + 1) * ROWS))
                    .as("token %d", t)
                    .isEqualTo(product(layout, data, ROWS, columns, own, 1, 1 << 30));
        }
    }

    @ParameterizedTest(name = "{0}, {1} columns")
    @MethodSource("types")
    void givesTheSameBitsWithoutMemoryForPackedCopies(String name, int columns, Packable layout) {
        MemorySegment data = RandomBlocks.of(layout, ROWS * columns / layout.weights(), SEED);
        float[] x = activations(columns);
        assertThat(product(layout, data, ROWS, columns, x, TOKENS, 0))
                .isEqualTo(product(layout, data, ROWS, columns, x, TOKENS, 1 << 30));
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void givesTheSameBitsWithVectorsOfAnyLength(int bits) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Ddev.bantam.engine.vectorBits=" + bits,
                        "-cp",
                        System.getProperty("java.class.path"),
                        PackedWeightsTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            assertThat(output.lines().toList()).isEqualTo(products(69));
        }
        assertThat(process.waitFor()).isZero();
    }

    /** Prints the products with vectors of the length that the system property asks for. */
    public static void main(String[] arguments) {
        products(69).forEach(System.out::println);
    }

    /** One line for each type. */
    private static List<String> products(int rows) {
        return types().map(type -> {
                    int columns = (int) type.get()[1];
                    Packable layout = (Packable) type.get()[2];
                    MemorySegment data = RandomBlocks.of(layout, rows * columns / layout.weights(), SEED);
                    float[] product = product(layout, data, rows, columns, activations(columns), TOKENS, 1 << 30);
                    return type.get()[0] + " " + columns + " " + Arrays.hashCode(product);
                })
                .toList();
    }

    /** All rows for n tokens, twice in a row, as the second time finds the rows packed. */
    private static float[] product(
            Packable layout, MemorySegment data, int rows, int columns, float[] x, int n, long memory) {
        try (Arena arena = Arena.ofShared()) {
            PackedWeights weights = new PackedWeights(layout, data, rows, columns, new PackMemory(arena, memory));
            float[] first = product(weights, rows, columns, x, n);
            assertThat(product(weights, rows, columns, x, n))
                    .as("the second time")
                    .isEqualTo(first);
            return first;
        }
    }

    private static float[] product(PackedWeights weights, int rows, int columns, float[] x, int n) {
        Quantized rounded = new Quantized();
        rounded.reserve(n, columns, weights.kind());
        for (int t = 0; t < n; t++) {
            rounded.set(t, x, t * columns);
        }
        int per = PackedWeights.rowsPerGroup();
        float[] sums = new float[n * per];
        float[] out = new float[n * rows];
        Scratch scratch = new Scratch();
        for (int group = 0; group < weights.groups(); group++) {
            weights.multiply(group, rounded, IntStream.range(0, n).toArray(), n, scratch, sums);
            for (int t = 0; t < n; t++) {
                int count = Math.min(per, rows - group * per);
                System.arraycopy(sums, t * per, out, t * rows + group * per, count);
            }
        }
        return out;
    }

    private static float[] activations(int columns) {
        Random random = new Random(SEED);
        float[] x = new float[TOKENS * columns];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian() * (1 + i / 32 % 5);
        }
        Arrays.fill(x, 0, 32, 0); // a block of zeros
        Arrays.fill(x, columns, columns + 32, -3); // and one as large as can be
        return x;
    }

    private static float largest(float[] x, int at) {
        float max = 1e-30f;
        for (int i = 0; i < 32; i++) {
            max = Math.max(max, Math.abs(x[at + i]));
        }
        return max;
    }
}
