package dev.bantam.engine;

import dev.bantam.engine.model.GgufModel;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
