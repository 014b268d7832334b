package dev.bantam.engine;

import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.model.GgufModel;
import dev.bantam.engine.tokenizer.GgufTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Opens model files. */
public final class Engine {
    private Engine() {}

    /**
     * Opens a model. Weights are mapped, not read, so this takes little time and memory however large the file is.
     *
     * @throws ModelFileException when the file is missing, damaged or of a kind that is not supported
     * @throws IllegalStateException when Java was started without the module that the kernels need
     */
    public static Model open(Path file, EngineOptions options) throws ModelFileException {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new IllegalStateException("start Java with --add-modules jdk.incubator.vector");
        }
        if (Files.isDirectory(file)) {
            throw new ModelFileException(file, "file", "a folder", "a .gguf file");
        }
        // Other formats are told apart here, by what the file is, once there is a second one.
        return GgufModel.open(file, options);
    }

    /**
     * Reads the tokenizer of a model file alone. The model itself may be of an architecture that is not supported.
     *
     * @throws ModelFileException when the file is missing or damaged, or its tokenizer is not supported
     */
    public static Tokenizer tokenizer(Path file) throws ModelFileException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return GgufTokenizer.load(gguf.metadata());
        }
    }

    /**
     * Reads a model file's key-value section alone: strings, numbers, booleans, and lists of these.
     *
     * @throws ModelFileException when the file is missing or damaged
     */
    public static Map<String, Object> metadata(Path file) throws ModelFileException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return gguf.metadata().asMap();
        }
    }
}
