package dev.bantam.model.local;

import dev.bantam.api.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The small model that is part of the program: a demonstration and a test model, not a programmer. */
public final class Box {
    /** How the user names it. */
    public static final String REF = "local/tiny-agent";

    private static final String RESOURCE = "/dev/bantam/model/box/tiny-agent-q8_0.gguf";
    private static final String FILE = "tiny-agent-q8_0.gguf";

    private Box() {}

    /**
     * The model as a file, which the engine maps: unpacked below the data folder once, as a whole or not at all.
     *
     * @throws ModelException when it cannot be unpacked
     */
    public static Path file(Path dataFolder) throws ModelException {
        Path file = dataFolder.resolve("box").resolve(FILE);
        try (InputStream packed = Box.class.getResourceAsStream(RESOURCE)) {
            if (packed == null) {
                throw new IllegalStateException("the model in the box is missing from the program");
            }
            byte[] bytes = packed.readAllBytes();
            if (Files.isRegularFile(file) && java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
                return file;
            }
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "unpacking", ".gguf");
            try {
                Files.write(fresh, bytes);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return file;
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "the model in the box cannot be unpacked to " + file + ": " + e.getMessage()
                            + ". Make room there, or set XDG_DATA_HOME to another folder",
                    e);
        }
    }
}
