package dev.bantam.engine.jlama;

import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import dev.bantam.engine.ModelFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * Which products jlama computes whole. There are two gaps, and both leave values out in silence:
 *
 * <ul>
 *   <li>Rows are cut into pieces for the threads, {@code splits} equal ones and the last with {@code rows modulo the
 *       piece's length} more; where that is not what the division leaves, rows are never computed. Such a model is refused.
 *       The native library cuts into 128, the Java one by the number of threads.
 *   <li>A piece is computed in tiles of tokens × rows, then what is left below and what is left beside, but not the corner
 *       that is left of both. So only batches are evaluated that tiles cover.
 * </ul>
 */
final class Products {
    private static final int NATIVE_SPLITS = 128;
    private static final String FORCE_JAVA = "jlama.force_panama_tensor_operations";

    private Products() {}

    /** Whether all rows of a product are computed. */
    static boolean complete(int rows, int mostSplits) {
        int splits = Math.min(rows, mostSplits);
        int piece = rows / splits;
        return splits == 1 || rows - splits * piece == rows % piece;
    }

    /**
     * Chooses jlama's arithmetic, which a process does once: the native library's, unless this model's rows do not fit it.
     *
     * @throws ModelFileException when they do not fit what has been chosen
     */
    static void choose(FolderConfig config) throws ModelFileException {
        // jlama switches the Vector API's bounds checks off for the whole process, unless it has started.
        FloatVector.SPECIES_PREFERRED.loopBound(0);
        FloatVector.fromArray(FloatVector.SPECIES_128, new float[4], 0);
        Map<String, Integer> rows = rows(config);
        if (rows.values().stream().anyMatch(count -> !complete(count, NATIVE_SPLITS))) {
            System.setProperty(FORCE_JAVA, "true"); // read when jlama starts; without effect afterwards
        }
        int splits = TensorOperationsProvider.get().parallelSplitSize();
        for (Map.Entry<String, Integer> entry : rows.entrySet()) {
            if (!complete(entry.getValue(), splits)) {
                throw new ModelFileException(
                        config.file().path(),
                        entry.getKey(),
                        entry.getValue(),
                        "a number of rows that jlama can cut into " + splits + " pieces without losing some;"
                                + " start Java with -D" + FORCE_JAVA + "=true, or use another number of threads");
            }
        }
    }

    /** The most tokens, at most {@code wanted}, that a product takes without losing a corner, whatever its rows. */
    static int batch(int wanted) {
        boolean nativeCode = TensorOperationsProvider.get().name().startsWith("Native");
        return nativeCode ? nativeBatch(wanted) : javaBatch(wanted);
    }

    /** Tiles are min(tokens, 5) high. */
    static int nativeBatch(int wanted) {
        return wanted <= 5 ? wanted : wanted / 5 * 5;
    }

    /** Tiles are 1, 2, 3 or 4 high, by type and by what is left. */
    static int javaBatch(int wanted) {
        return wanted <= 2 ? wanted : wanted < 12 ? 2 : wanted / 12 * 12;
    }

    private static Map<String, Integer> rows(FolderConfig config) {
        Map<String, Integer> rows = new LinkedHashMap<>();
        rows.put("vocab_size", config.vocabulary());
        rows.put("hidden_size", config.embedding());
        rows.put("intermediate_size", config.hidden());
        rows.put("rows of queries", config.attentionLength());
        rows.put("rows of keys", config.kvLength());
        return rows;
    }
}
