package dev.bantam.engine.gguf;

import dev.bantam.engine.kernel.BF16Matrix;
import dev.bantam.engine.kernel.BlockMatrix;
import dev.bantam.engine.kernel.F16Matrix;
import dev.bantam.engine.kernel.F32Matrix;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.PackedMatrix;
import dev.bantam.engine.kernel.Q8Matrix;
import dev.bantam.engine.kernel.block.BlockLayout;
import dev.bantam.engine.kernel.block.IQ4_NL;
import dev.bantam.engine.kernel.block.IQ4_XS;
import dev.bantam.engine.kernel.block.MXFP4;
import dev.bantam.engine.kernel.block.Packable;
import dev.bantam.engine.kernel.block.Q2_K;
import dev.bantam.engine.kernel.block.Q3_K;
import dev.bantam.engine.kernel.block.Q4_0;
import dev.bantam.engine.kernel.block.Q4_1;
import dev.bantam.engine.kernel.block.Q4_K;
import dev.bantam.engine.kernel.block.Q5_0;
import dev.bantam.engine.kernel.block.Q5_1;
import dev.bantam.engine.kernel.block.Q5_K;
import dev.bantam.engine.kernel.block.Q6_K;
import dev.bantam.engine.kernel.block.Q8_0;
import dev.bantam.engine.kernel.packed.PackMemory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The weight types that this engine computes with. A new one needs a line here and a {@link BlockLayout}. */
public enum TensorType {
    F32(0, 1, 4, F32Matrix::new),
    F16(1, 1, 2, F16Matrix::new),
    BF16(30, 1, 2, BF16Matrix::new),
    Q8_0(8, 32, 34, Q8Matrix::new, Optional.of(new Q8_0())),
    Q4_0(2, new Q4_0()),
    Q4_1(3, new Q4_1()),
    Q5_0(6, new Q5_0()),
    Q5_1(7, new Q5_1()),
    Q2_K(10, new Q2_K()),
    Q3_K(11, new Q3_K()),
    Q4_K(12, new Q4_K()),
    Q5_K(13, new Q5_K()),
    Q6_K(14, new Q6_K()),
    IQ4_NL(20, new IQ4_NL()),
    IQ4_XS(23, new IQ4_XS()),
    MXFP4(39, new MXFP4());

    /** Known types that are not computed with yet, by their numbers in ggml.h: only to name them in messages. */
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry(9, "Q8_1"),
            Map.entry(15, "Q8_K"),
            Map.entry(16, "IQ2_XXS"),
            Map.entry(17, "IQ2_XS"),
            Map.entry(18, "IQ3_XXS"),
            Map.entry(19, "IQ1_S"),
            Map.entry(21, "IQ3_S"),
            Map.entry(22, "IQ2_S"),
            Map.entry(29, "IQ1_M"),
            Map.entry(34, "TQ1_0"),
            Map.entry(35, "TQ2_0"));

    private final int number;
    private final int blockWeights;
    private final int blockBytes;
    private final MatrixReader reader;
    private final Optional<Packable> packable;

    TensorType(int number, int blockWeights, int blockBytes, MatrixReader reader) {
        this(number, blockWeights, blockBytes, reader, Optional.empty());
    }

    TensorType(int number, int blockWeights, int blockBytes, MatrixReader reader, Optional<Packable> packable) {
        this.number = number;
        this.blockWeights = blockWeights;
        this.blockBytes = blockBytes;
        this.reader = reader;
        this.packable = packable;
    }

    TensorType(int number, BlockLayout layout) {
        this(
                number,
                layout.weights(),
                layout.bytes(),
                (data, rows, columns) -> new BlockMatrix(layout, data, rows, columns),
                layout instanceof Packable packable ? Optional.of(packable) : Optional.empty());
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

    /** Whether weights are packed to compute with them in integers. */
    boolean isPackable() {
        return packable.isPresent();
    }

    /** A matrix that computes in floats. */
    Matrix matrix(MemorySegment data, int rows, int columns) {
        return reader.read(data, rows, columns);
    }

    /** A matrix that computes in integers if the type can be packed. */
    Matrix matrix(MemorySegment data, int rows, int columns, PackMemory memory) {
        return packable.isPresent()
                ? new PackedMatrix(packable.get(), data, rows, columns, memory)
                : matrix(data, rows, columns);
    }

    private interface MatrixReader {
        Matrix read(MemorySegment data, int rows, int columns);
    }
}
