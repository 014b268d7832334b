package dev.bantam.engine.kernel.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the value of each single weight, written down by its index from ggml's definitions. */
class BlockLayoutTest {
    private static final long SEED = 11;
    private static final int BLOCKS = 50;
    private static final int[] IQ4 = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};
    private static final double[] FP4 = {0, .5, 1, 1.5, 2, 3, 4, 6, -0., -.5, -1, -1.5, -2, -3, -4, -6};

    /** The weight {@code i} of a block. */
    private interface Formula {
        float weight(Bytes b, int i);
    }

    private record Bytes(ByteBuffer buffer, int from) {
        int at(int i) {
            return buffer.get(from + i) & 0xff;
        }

        int signed(int i) {
            return buffer.get(from + i);
        }

        float half(int i) {
            return Float.float16ToFloat(buffer.getShort(from + i));
        }

        int bit(int i, int n) {
            return at(i + n / 8) >> n % 8 & 1;
        }

        /** The four bits of weight i of 32: the first sixteen in the lower halves of sixteen bytes. */
        int nibble(int base, int i) {
            return i < 16 ? at(base + i) % 16 : at(base + i - 16) / 16;
        }

        /** The k-th 6-bit scale of Q4_K and Q5_K. */
        int scale(int k) {
            return k < 4 ? at(4 + k) % 64 : at(8 + k) % 16 + 16 * (at(k) / 64);
        }

        int minimum(int k) {
            return k < 4 ? at(8 + k) % 64 : at(8 + k) / 16 + 16 * (at(4 + k) / 64);
        }
    }

    static Stream<Arguments> types() {
        return Stream.of(
                type(new Q4_0(), 32, 18, new int[] {0}, (b, i) -> (b.nibble(2, i) - 8) * b.half(0)),
                type(new Q4_1(), 32, 20, new int[] {0, 2}, (b, i) -> b.nibble(4, i) * b.half(0) + b.half(2)),
                type(new Q5_0(), 32, 22, new int[] {0}, (b, i) -> (b.nibble(6, i) + 16 * b.bit(2, i) - 16) * b.half(0)),
                type(
                        new Q5_1(),
                        32,
                        24,
                        new int[] {0, 2},
                        (b, i) -> (b.nibble(8, i) + 16 * b.bit(4, i)) * b.half(0) + b.half(2)),
                type(new Q2_K(), 256, 84, new int[] {80, 82}, BlockLayoutTest::q2),
                type(new Q3_K(), 256, 110, new int[] {108}, BlockLayoutTest::q3),
                type(new Q4_K(), 256, 144, new int[] {0, 2}, (b, i) -> q45(b, i, four(b, 16, i))),
                type(
                        new Q5_K(),
                        256,
                        176,
                        new int[] {0, 2},
                        (b, i) -> q45(b, i, four(b, 48, i) + 16 * (b.at(16 + i % 32) >> i / 32 & 1))),
                type(new Q6_K(), 256, 210, new int[] {208}, BlockLayoutTest::q6),
                type(new IQ4_NL(), 32, 18, new int[] {0}, (b, i) -> IQ4[b.nibble(2, i)] * b.half(0)),
                type(new IQ4_XS(), 256, 136, new int[] {0}, BlockLayoutTest::iq4xs),
                type(new MXFP4(), 32, 17, new int[] {}, (b, i) ->
                        (float) (FP4[b.nibble(1, i)] * Math.pow(2, b.at(0) - 127))));
    }

    private static Arguments type(BlockLayout layout, int weights, int bytes, int[] halves, Formula formula) {
        return Arguments.of(layout.getClass().getSimpleName(), layout, weights, bytes, halves, formula);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void unpacksEveryWeight(String name, BlockLayout layout, int weights, int bytes, int[] halves, Formula formula) {
        assertThat(layout.weights()).isEqualTo(weights);
        assertThat(layout.bytes()).isEqualTo(bytes);
        byte[] data = random(bytes, halves);
        float[] unpacked = new float[3 + weights];
        for (int block = 0; block < BLOCKS; block++) {
            layout.unpack(MemorySegment.ofArray(data), (long) block * bytes, unpacked, 3);
            Bytes b = new Bytes(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN), block * bytes);
            for (int i = 0; i < weights; i++) {
                assertThat(unpacked[3 + i])
                        .as("weight %d of block %d, seed %d", i, block, SEED)
                        .isEqualTo(formula.weight(b, i));
            }
        }
    }

    /** Blocks of random bytes whose half floats, at {@code halves}, are numbers. */
    private static byte[] random(int bytes, int[] halves) {
        Random random = new Random(SEED);
        byte[] data = new byte[BLOCKS * bytes];
        random.nextBytes(data);
        for (int block = 0; block < BLOCKS; block++) {
            for (int half : halves) {
                ByteBuffer.wrap(data)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort(block * bytes + half, Float.floatToFloat16((float) random.nextGaussian()));
            }
        }
        return data;
    }

    private static float q2(Bytes b, int i) {
        int scales = b.at(i / 16);
        int q = b.at(16 + i / 128 * 32 + i % 32) >> 2 * (i % 128 / 32) & 3;
        return b.half(80) * (scales % 16) * q - b.half(82) * (scales / 16);
    }

    private static float q3(Bytes b, int i) {
        int k = i / 16;
        int low = k < 8 ? b.at(96 + k) % 16 : b.at(96 + k - 8) / 16;
        int high = b.at(104 + k % 4) >> 2 * (k / 4) & 3;
        int two = b.at(32 + i / 128 * 32 + i % 32) >> 2 * (i % 128 / 32) & 3;
        int third = b.at(i % 32) >> i / 32 & 1;
        return b.half(108) * (low + 16 * high - 32) * (two - (third == 1 ? 0 : 4));
    }

    private static int four(Bytes b, int base, int i) {
        int pair = b.at(base + i / 64 * 32 + i % 32);
        return i / 32 % 2 == 0 ? pair % 16 : pair / 16;
    }

    private static float q45(Bytes b, int i, int q) {
        return b.half(0) * b.scale(i / 32) * q - b.half(2) * b.minimum(i / 32);
    }

    private static float q6(Bytes b, int i) {
        int half = i / 128;
        int l = i % 32;
        int low = 64 * half;
        int h = b.at(128 + 32 * half + l);
        int q = switch (i % 128 / 32) {
            case 0 -> b.at(low + l) % 16 + 16 * (h & 3);
            case 1 -> b.at(low + l + 32) % 16 + 16 * (h >> 2 & 3);
            case 2 -> b.at(low + l) / 16 + 16 * (h >> 4 & 3);
            default -> b.at(low + l + 32) / 16 + 16 * (h >> 6);
        };
        return b.half(208) * b.signed(192 + i / 16) * (q - 32);
    }

    private static float iq4xs(Bytes b, int i) {
        int k = i / 32;
        int low = b.at(4 + k / 2) >> 4 * (k % 2) & 15;
        int high = (b.at(2) + 256 * b.at(3)) >> 2 * k & 3;
        return b.half(0) * (low + 16 * high - 32) * IQ4[b.nibble(8 + 16 * k, i % 32)];
    }
}
