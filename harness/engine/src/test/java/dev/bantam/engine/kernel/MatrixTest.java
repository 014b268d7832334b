package dev.bantam.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.bantam.engine.kernel.block.BlockLayout;
import dev.bantam.engine.kernel.block.IQ4_XS;
import dev.bantam.engine.kernel.block.Q4_0;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixTest {
    private static final long SEED = 7;
    private static final int ROWS = 5;

    static Stream<Matrix> matrices() {
        return Stream.of(
                q8(96),
                q8(256),
                f16(96),
                f16(45),
                bf16(96),
                bf16(45),
                blocks(new Q4_0(), 96),
                blocks(new IQ4_XS(), 512),
                f32(256),
                f32(7),
                f32(33));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void multipliesAsItsWeightsSay(Matrix w) {
        float[] x = random(3 * w.columns());
        float[] row = new float[w.columns()];
        for (int r = 0; r < ROWS; r++) {
            w.row(r, row, 0);
            double expected = 0;
            for (int i = 0; i < row.length; i++) {
                expected += (double) row[i] * x[w.columns() + i];
            }
            assertThat((double) w.dot(r, x, w.columns())).isCloseTo(expected, offset(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void givesTheSameBitsForOneTokenAndForABatch(Matrix w) {
        int n = 39;
        float[] x = random(n * w.columns());
        float[] batched = new float[n * ROWS];
        try (Workers workers = new Workers(3)) {
            new Products(workers).multiply(x, n, Products.into(w, batched));
        }
        for (int t = 0; t < n; t++) {
            for (int r = 0; r < ROWS; r++) {
                assertThat(batched[t * ROWS + r]).isEqualTo(w.dot(r, x, t * w.columns()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void givesTheSameBitsForManyRowsAndForOne(Matrix w) {
        float[] x = random(2 * w.columns());
        float[] sums = new float[ROWS];
        w.dots(0, ROWS, x, w.columns(), sums);
        for (int r = 0; r < ROWS; r++) {
            assertThat(sums[r]).isEqualTo(w.dot(r, x, w.columns()));
        }
    }

    @Test
    void readsEveryFiniteHalfFloat() {
        ByteBuffer halves = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 1 << 16; bits++) {
            halves.putShort((short) bits);
        }
        float[] row = new float[1 << 16];
        new F16Matrix(MemorySegment.ofArray(halves.array()), 1, 1 << 16).row(0, row, 0);
        for (int bits = 0; bits < 1 << 16; bits++) {
            float expected = Float.float16ToFloat((short) bits);
            if (Float.isFinite(expected)) {
                assertThat(row[bits]).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsBrainFloatsAsTheUpperHalvesOfFloats() {
        BF16Matrix w = bf16(45);
        float[] values = random(ROWS * 45);
        float[] row = new float[45];
        for (int r = 0; r < ROWS; r++) {
            w.row(r, row, 0);
            for (int i = 0; i < 45; i++) {
                int bits = Float.floatToRawIntBits(values[r * 45 + i]) & 0xffff0000;
                assertThat(row[i]).isEqualTo(Float.intBitsToFloat(bits));
            }
        }
    }

    @Test
    void readsQ8BlocksAsScaleTimesByte() {
        Q8Matrix w = q8(64);
        float[] row = new float[64];
        w.row(1, row, 0);
        for (int i = 0; i < 64; i++) {
            long block = 2 * 34 + i / 32 * 34L;
            short scale = w.data().get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), block);
            byte quant = w.data().get(ValueLayout.JAVA_BYTE, block + 2 + i % 32);
            assertThat(row[i]).isEqualTo(Float.float16ToFloat(scale) * quant);
        }
    }

    private static Q8Matrix q8(int columns) {
        Random random = new Random(SEED);
        ByteBuffer data = ByteBuffer.allocate(ROWS * columns / 32 * 34).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putShort(Float.floatToFloat16(random.nextFloat() / 100));
            for (int i = 0; i < 32; i++) {
                data.put((byte) random.nextInt());
            }
        }
        return new Q8Matrix(MemorySegment.ofArray(data.array()), ROWS, columns);
    }

    private static F16Matrix f16(int columns) {
        ByteBuffer data = ByteBuffer.allocate(ROWS * columns * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : random(ROWS * columns)) {
            data.putShort(Float.floatToFloat16(value));
        }
        return new F16Matrix(MemorySegment.ofArray(data.array()), ROWS, columns);
    }

    private static BF16Matrix bf16(int columns) {
        ByteBuffer data = ByteBuffer.allocate(ROWS * columns * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : random(ROWS * columns)) {
            data.putShort((short) (Float.floatToRawIntBits(value) >> 16));
        }
        return new BF16Matrix(MemorySegment.ofArray(data.array()), ROWS, columns);
    }

    /** Of a type whose blocks begin with a half float. */
    private static BlockMatrix blocks(BlockLayout layout, int columns) {
        byte[] data = new byte[ROWS * columns / layout.weights() * layout.bytes()];
        new Random(SEED).nextBytes(data);
        for (int from = 0; from < data.length; from += layout.bytes()) {
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putShort(from, Float.floatToFloat16(0.001f));
        }
        return new BlockMatrix(layout, MemorySegment.ofArray(data), ROWS, columns);
    }

    private static F32Matrix f32(int columns) {
        ByteBuffer data = ByteBuffer.allocate(ROWS * columns * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : random(ROWS * columns)) {
            data.putFloat(value);
        }
        return new F32Matrix(MemorySegment.ofArray(data.array()), ROWS, columns);
    }

    private static float[] random(int n) {
        Random random = new Random(SEED + n);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
