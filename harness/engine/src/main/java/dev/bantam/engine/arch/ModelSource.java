package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.Metadata;
import dev.bantam.engine.kernel.Workers;
import java.util.Optional;

/**
 * A model file as an architecture reads it, and what it computes with: the architecture's own keys, tensors by block, and
 * the sizes that all architectures have. Every size has a bound far above real models, so that a damaged file cannot take
 * all memory.
 */
final class ModelSource {
    /** The most values of one token in one step. */
    static final int MOST = 1 << 17;

    private final GgufFile file;
    private final Metadata metadata;
    private final String prefix;
    private final Workers workers;
    private final int batch;
    private final int layers;
    private final int width;
    private final float eps;

    ModelSource(GgufFile file, String architecture, Workers workers, int batch) throws ModelFileException {
        this.file = file;
        this.workers = workers;
        this.batch = batch;
        metadata = file.metadata();
        prefix = architecture + ".";
        int blocks = integer("block_count", 1, 1 << 10);
        layers = blocks - integer("nextn_predict_layers", 0, blocks - 1, 0);
        for (int l = layers; l < blocks; l++) {
            file.leaveOut(blockName(l));
        }
        width = integer("embedding_length", 1, 1 << 16);
        eps = positive("attention.layer_norm_rms_epsilon");
    }

    /** Those that are computed: blocks that predict further tokens come after them and are left out. */
    int layers() {
        return layers;
    }

    /** E, the width of the residual stream. */
    int width() {
        return width;
    }

    /** What keeps norms from dividing by zero. */
    float eps() {
        return eps;
    }

    /** The context length that the model was trained for. */
    int contextTokens() throws ModelFileException {
        return integer("context_length", 1, 1 << 24);
    }

    int vocabulary() throws ModelFileException {
        return metadata.list("tokenizer.ggml.tokens", String.class).size();
    }

    Workers workers() {
        return workers;
    }

    /** The most tokens of one batch. */
    int batch() {
        return batch;
    }

    /** Room for {@code perToken} values of every token in a batch. */
    float[] buffer(int perToken) {
        return new float[batch * perToken];
    }

    int integer(String key, int min, int max) throws ModelFileException {
        return metadata.integer(prefix + key, min, max);
    }

    int integer(String key, int min, int max, int otherwise) throws ModelFileException {
        return metadata.integer(prefix + key, min, max, otherwise);
    }

    float positive(String key) throws ModelFileException {
        return metadata.positive(prefix + key);
    }

    float positive(String key, float otherwise) throws ModelFileException {
        return metadata.has(prefix + key) ? positive(key) : otherwise;
    }

    Optional<String> string(String key) throws ModelFileException {
        return metadata.optionalString(prefix + key);
    }

    /** A list of numbers; empty when the file has no such key. */
    int[] integers(String key) throws ModelFileException {
        return metadata.has(prefix + key)
                ? metadata.list(prefix + key, Number.class).stream()
                        .mapToInt(Number::intValue)
                        .toArray()
                : new int[0];
    }

    /** Refuses the file unless {@code good}. */
    void require(boolean good, String key, Object value, String expected) throws ModelFileException {
        if (!good) {
            throw wrong(key, value, expected);
        }
    }

    ModelFileException wrong(String key, Object value, String expected) {
        return metadata.wrong(prefix + key, value, expected);
    }

    /** Tensors that belong to no block. */
    Tensors tensors() {
        return new Tensors(file, "");
    }

    /** The tensors of layer {@code l}. */
    Tensors block(int l) {
        return new Tensors(file, blockName(l));
    }

    /** Weights that one token meets. */
    long activeParameters() throws ModelFileException {
        int experts = Math.max(1, integer("expert_count", 0, 1 << 12, 0));
        int used = integer("expert_used_count", 0, experts, 1);
        return file.computedTensors().stream()
                .mapToLong(info -> info.name().contains("_exps.") ? info.elements() / experts * used : info.elements())
                .sum();
    }

    private static String blockName(int l) {
        return "blk." + l + ".";
    }
}
