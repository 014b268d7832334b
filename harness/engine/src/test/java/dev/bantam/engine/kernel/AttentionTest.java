package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionTest {
    private static final long SEED = 11;
    private static final int LENGTH = 700;
    private static final int LAYER = 1;

    private record Sizes(int heads, int kvHeads, int width) {}

    static Stream<Arguments> cases() {
        return Stream.of(KvType.values())
                .flatMap(type -> Stream.of(
                                new Sizes(8, 2, 64), new Sizes(4, 4, 32), new Sizes(7, 1, 128), new Sizes(3, 3, 10))
                        .filter(sizes -> sizes.width % type.blockElements() == 0)
                        .flatMap(sizes -> Stream.of(Integer.MAX_VALUE, 300)
                                .flatMap(window -> Stream.of(true, false)
                                        .map(sinks -> Arguments.of(type, sizes, window, sinks)))));
    }

    /** Against the definition, in doubles; stored keys and values have lost what their type cannot hold. */
    @ParameterizedTest
    @MethodSource("cases")
    void attendsAsDefined(KvType type, Sizes sizes, int window, boolean withSinks) {
        Random random = new Random(SEED);
        int kv = sizes.kvHeads * sizes.width;
        float[] keys = random(random, LENGTH * kv);
        float[] values = random(random, LENGTH * kv);
        float[] q = random(random, LENGTH * sizes.heads * sizes.width);
        float[] sinks = withSinks ? random(random, sizes.heads) : new float[0];
        float[] out = new float[q.length];
        try (Workers workers = new Workers(2);
                KvCache cache = cache(type, sizes, keys, values)) {
            new Attention(workers, sizes.heads).attend(cache, LAYER, 0, LENGTH, window, sinks, q, out);
            for (int t : new int[] {0, 1, 31, 32, 255, 256, 257, 400, LENGTH - 1}) {
                for (int h = 0; h < sizes.heads; h++) {
                    assertClose(type, defined(sizes, t, h, window, sinks, keys, values, q), out, t, h, sizes);
                }
            }
        }
    }

    /** However many queries come at once and however many threads there are. */
    @ParameterizedTest
    @MethodSource("cases")
    void givesTheSameBitsForOneTokenAndForABatch(KvType type, Sizes sizes, int window, boolean withSinks) {
        Random random = new Random(SEED);
        int kv = sizes.kvHeads * sizes.width;
        int row = sizes.heads * sizes.width;
        float[] keys = random(random, LENGTH * kv);
        float[] values = random(random, LENGTH * kv);
        float[] q = random(random, LENGTH * row);
        float[] sinks = withSinks ? random(random, sizes.heads) : new float[0];
        float[] all = new float[q.length];
        float[] pieces = new float[q.length];
        try (Workers one = new Workers(1);
                Workers three = new Workers(3);
                KvCache cache = cache(type, sizes, keys, values)) {
            new Attention(one, sizes.heads).attend(cache, LAYER, 0, LENGTH, window, sinks, q, all);
            Attention attention = new Attention(three, sizes.heads);
            for (int t = 0; t < LENGTH; ) {
                int n = Math.min(LENGTH - t, 1 + random.nextInt(random.nextBoolean() ? 3 : 120));
                float[] out = new float[n * row];
                attention.attend(cache, LAYER, t, n, window, sinks, Arrays.copyOfRange(q, t * row, (t + n) * row), out);
                System.arraycopy(out, 0, pieces, t * row, out.length);
                t += n;
            }
        }
        assertThat(pieces).isEqualTo(all);
    }

    private static KvCache cache(KvType type, Sizes sizes, float[] keys, float[] values) {
        KvCache cache = new KvCache(new KvCache.Shape(2, sizes.kvHeads, sizes.width, type));
        cache.reserve(LENGTH);
        int row = sizes.kvHeads * sizes.width;
        cache.store(LAYER, 0, 5, keys, values);
        cache.store(
                LAYER,
                5,
                LENGTH - 5,
                Arrays.copyOfRange(keys, 5 * row, keys.length),
                Arrays.copyOfRange(values, 5 * row, values.length));
        return cache;
    }

    private static double[] defined(
            Sizes sizes, int t, int h, int window, float[] sinks, float[] keys, float[] values, float[] q) {
        int width = sizes.width;
        int kv = h / (sizes.heads / sizes.kvHeads);
        double[] out = new double[width];
        double sum = sinks.length > 0 ? Math.exp(sinks[h]) : 0;
        for (int p = Math.max(0, t + 1 - window); p <= t; p++) {
            double score = 0;
            for (int i = 0; i < width; i++) {
                score += (double) q[(t * sizes.heads + h) * width + i] * keys[(p * sizes.kvHeads + kv) * width + i];
            }
            double weight = Math.exp(score / Math.sqrt(width));
            sum += weight;
            for (int i = 0; i < width; i++) {
                out[i] += weight * values[(p * sizes.kvHeads + kv) * width + i];
            }
        }
        for (int i = 0; i < width; i++) {
            out[i] /= sum;
        }
        return out;
    }

    private static void assertClose(KvType type, double[] expected, float[] out, int t, int h, Sizes sizes) {
        double error = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow(out[(t * sizes.heads + h) * sizes.width + i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        double tolerance = switch (type) {
            case F32 -> 1e-11;
            case F16 -> 1e-5;
            case Q8_0 -> 1e-2;
        };
        assertThat(error / norm).as("token %d, head %d", t, h).isLessThan(tolerance);
    }

    private static float[] random(Random random, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
