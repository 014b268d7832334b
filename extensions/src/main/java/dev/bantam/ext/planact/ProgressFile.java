package dev.bantam.ext.planact;

import dev.bantam.ext.text.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Optional;

/**
 * Where the progress is kept: in the session's folder, which alone is read again, and as a copy in the workspace. A project
 * could plant the copy, so nobody believes it; a folder that is a link is not written through.
 */
final class ProgressFile {
    private final Path kept;
    private final Path copy;

    ProgressFile(Path sessionFolder, Path workspace) {
        this.kept = sessionFolder.resolve("progress.json");
        this.copy = workspace.resolve(".bantam").resolve("progress.json");
    }

    void write(String json) throws IOException {
        WholeFile.write(kept, json);
        Path folder = copy.getParent();
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            WholeFile.write(copy, json);
        }
    }

    /** The progress of a plan that is being carried out. */
    Optional<Progress> read() throws IOException {
        if (!Files.exists(kept)) {
            return Optional.empty();
        }
        try {
            return Progress.acting(new String(Files.readAllBytes(kept), StandardCharsets.UTF_8));
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("the file " + kept + " is damaged: " + e.getMessage() + ". Move it away", e);
        }
    }
}
