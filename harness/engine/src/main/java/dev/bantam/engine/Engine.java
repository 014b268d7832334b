package dev.bantam.engine;

import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.jlama.JlamaModel;
import dev.bantam.engine.model.GgufModel;
import dev.bantam.engine.tokenizer.GgufTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Opens model files. */
public final class Engine {
    /** Stands for the library: it is optional, and its classes are touched only when a folder is opened. */
    private static final String JLAMA = "com.github.tjake.jlama.model.AbstractModel";

    private Engine() {}

    /**
     * Opens a model: a {@code .gguf} file, or a folder with {@code config.json}, {@code tokenizer.json} and {@code
     * *.safetensors}. Weights are mapped, not read, so this takes little time and memory however large the file is.
     *
     * @throws ModelFileException when the file is missing, damaged or of a kind that is not supported
     * @throws IllegalStateException when Java was started without the module that the kernels need
     */
    public static Model open(Path file, EngineOptions options) throws ModelFileException {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new IllegalStateException("start Java with --add-modules jdk.incubator.vector");
        }
        return Files.isDirectory(file) ? openFolder(file, options) : GgufModel.open(file, options);
    }

    private static Model openFolder(Path folder, EngineOptions options) throws ModelFileException {
        if (!Files.isRegularFile(folder.resolve("config.json"))) {
            throw new ModelFileException(
                    folder, "file", "a folder", "a .gguf file, or a folder with config.json and safetensors");
        }
        try {
            Class.forName(JLAMA, false, Engine.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new ModelFileException(
                    folder,
                    "file",
                    "a folder of safetensors",
                    "a .gguf file, since jlama-core is not on the class path");
        }
        return JlamaModel.open(folder, options);
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
