package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.kernel.SequenceCache;
import dev.bantam.engine.kernel.Workers;

/** The weights of one model and its forward pass. One thread at a time: scratch memory is shared by all sequences. */
public interface Architecture {
    int layers();

    int vocabularySize();

    /** The context length that the model was trained for. */
    int contextTokens();

    /** Weights that one token meets. */
    long activeParameters();

    SequenceCache.Shape cacheShape();

    /** The layers that attend to the latest tokens only. */
    default Windows windows() {
        return Windows.NONE;
    }

    /** So many layers see so many tokens. */
    record Windows(int layers, int tokens) {
        static final Windows NONE = new Windows(0, 0);
    }

    /**
     * Evaluates a batch: reads the cache's positions before the batch's, writes the batch's own, and the logits wanted.
     * Room in the cache has been reserved. A token's results do not depend on the batch that it came in.
     *
     * <p>A recurrent state is that after the token before the batch, and must be that after its last token in the end;
     * when the batch is given up, it may be anything.
     */
    void forward(Batch batch, SequenceCache cache) throws InterruptedException;

    /** Reads the model of whatever architecture the file names. A new architecture needs a line here. */
    static Architecture load(GgufFile file, Workers workers, int largestBatch) throws ModelFileException {
        String name = file.metadata().string("general.architecture");
        ArchitectureReader reader = switch (name) {
            case "gpt-oss" -> GptOss::load;
            case "llama" -> Llama::load;
            case "qwen2" -> Qwen2::load;
            case "qwen3" -> Qwen3::load;
            case "qwen35" -> Qwen35::load;
            case "qwen35moe" -> Qwen35::loadWithExperts;
            case "qwen3moe" -> Qwen3::loadWithExperts;
            case "qwen3next" -> Qwen3Next::load;
            default ->
                throw file.metadata()
                        .wrong(
                                "general.architecture",
                                "'" + name + "'",
                                "one that is supported: gpt-oss, llama, qwen2, qwen3, qwen35, qwen35moe, qwen3moe,"
                                        + " qwen3next");
        };
        Architecture architecture = reader.read(new ModelSource(file, name, workers, largestBatch));
        file.requireAllTensorsUsed(name);
        return architecture;
    }
}
