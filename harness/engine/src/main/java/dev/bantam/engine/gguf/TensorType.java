package dev.bantam.engine.gguf;

import dev.bantam.engine.kernel.F16Matrix;
import dev.bantam.engine.kernel.F32Matrix;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.Q8Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The weight types that this engine computes with. A new one needs a line here and a {@link Matrix}. */
public enum TensorType {
    F32(0, 1, 4, F32Matrix::new),
    F16(1, 1, 2, F16Matrix::new),
    Q8_0(8, 32, 34, Q8Matrix::new);

    /** Known types that are not computed with yet, by their numbers in ggml.h: only to name them in messages. */
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry(2, "Q4_0"),
            Map.entry(3, "Q4_1"),
            Map.entry(6, "Q5_0"),
            Map.entry(7, "Q5_1"),
            Map.entry(9, "Q8_1"),
            Map.entry(10, "Q2_K"),
            Map.entry(11, "Q3_K"),
            Map.entry(12, "Q4_K"),
            Map.entry(13, "Q5_K"),
            Map.entry(14, "Q6_K"),
            Map.entry(15, "Q8_K"),
            Map.entry(16, "IQ2_XXS"),
            Map.entry(17, "IQ2_XS"),
            Map.entry(18, "IQ3_XXS"),
            Map.entry(19, "IQ1_S"),
            Map.entry(20, "IQ4_NL"),
            Map.entry(21, "IQ3_S"),
            Map.entry(22, "IQ2_S"),
            Map.entry(23, "IQ4_XS"),
            Map.entry(29, "IQ1_M"),
            Map.entry(30, "BF16"),
            Map.entry(34, "TQ1_0"),
            Map.entry(35, "TQ2_0"),
            Map.entry(39, "MXFP4"));

    private final int number;
    private final int blockWeights;
    private final int blockBytes;
    private final MatrixReader reader;

    TensorType(int number, int blockWeights, int blockBytes, MatrixReader reader) {
        this.number = number;
        this.blockWeights = blockWeights;
        this.blockBytes = blockBytes;
        this.reader = reader;
    }

    static Optional<TensorType> numbered(int number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    static String nameOf(int number) {
        return OTHERS.getOrDefault(number, "unknown type " + Integer.toUnsignedString(number));
    }

    static String supported() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** The number of weights that share one scale; a row is a whole number of blocks. */
    public int blockWeights() {
        return blockWeights;
    }

    /** Bytes of {@code weights} weights, a multiple of {@link #blockWeights()}; errors on overflow. */
    long bytes(long weights) {
        return Math.multiplyExact(weights / blockWeights, (long) blockBytes);
    }

    Matrix matrix(MemorySegment data, int rows, int columns) {
        return reader.read(data, rows, columns);
    }

    private interface MatrixReader {
        Matrix read(MemorySegment data, int rows, int columns);
    }
}
