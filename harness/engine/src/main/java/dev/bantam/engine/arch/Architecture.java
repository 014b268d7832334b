package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.Workers;

/** The weights of one model and its forward pass. One thread at a time: scratch memory is shared by all sequences. */
public interface Architecture {
    int layers();

    int vocabularySize();

    /** The context length that the model was trained for. */
    int contextTokens();

    /** Weights that one token meets. */
    long activeParameters();

    KvCache.Shape cacheShape();

    /**
     * Evaluates a batch: reads the cache's positions before the batch's, writes the batch's own, and the logits wanted.
     * Room in the cache has been reserved. A token's results do not depend on the batch that it came in.
     */
    void forward(Batch batch, KvCache cache) throws InterruptedException;

    /** Reads the model of whatever architecture the file names. A new architecture needs a line here. */
    static Architecture load(GgufFile file, Workers workers, int largestBatch) throws ModelFileException {
        String name = file.metadata().string("general.architecture");
        Architecture architecture = switch (name) {
            case "qwen3moe" -> new Qwen3Moe(Qwen3MoeWeights.load(file), workers, largestBatch);
            default ->
                throw file.metadata()
                        .wrong("general.architecture", "'" + name + "'", "one that is supported: qwen3moe");
        };
        file.requireAllTensorsUsed(name);
        return architecture;
    }
}
