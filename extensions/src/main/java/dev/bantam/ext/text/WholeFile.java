package dev.bantam.ext.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file as a whole: whoever reads it finds the old text or the new one, never a part. */
public final class WholeFile {
    private WholeFile() {}

    /** Replaces the file, or the link, at this path; its folder is made where it is missing. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), fresh -> {});
    }

    /** Makes a new file ready before anybody sees it under its name. */
    @FunctionalInterface
    public interface Preparation {
        void prepare(Path fresh) throws IOException;
    }

    /** As {@link #write(Path, String)}; until it is in its place the file has a short name, whatever the length of its own. */
    public static void write(Path file, byte[] content, Preparation preparation) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(".bantam-" + UUID.randomUUID());
        try {
            Files.write(fresh, content, StandardOpenOption.CREATE_NEW);
            preparation.prepare(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
