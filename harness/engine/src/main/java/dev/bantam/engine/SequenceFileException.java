package dev.bantam.engine;

import java.io.IOException;
import java.nio.file.Path;

/** A saved sequence that cannot be restored: damaged, or made by another model or engine build. */
public final class SequenceFileException extends IOException {
    private static final long serialVersionUID = 1;

    public SequenceFileException(Path file, String problem) {
        super("%s: %s; delete it, it will be computed again".formatted(file, problem));
    }
}
