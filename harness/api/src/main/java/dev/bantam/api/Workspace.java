package dev.bantam.api;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** The folder that the agent works in. */
public interface Workspace {
    /** Absolute, with links resolved. */
    Path root();

    /**
     * Finds the file that a model names. Relative names count from the root; absolute ones, {@code ~} and
     * {@code file:} addresses are taken when they lie inside.
     *
     * @return an absolute path whose existing part has its links resolved; the file need not exist
     * @throws OutsideWorkspaceException when it lies outside after links are resolved, or is no path at all; the
     *     message is written for the model
     */
    Path resolve(String name) throws IOException, OutsideWorkspaceException;

    /** How a path inside is shown and recorded: relative to the root, {@code /} between names, {@code .} for the root. */
    default String show(Path path) {
        String shown = root().relativize(path).toString().replace(File.separatorChar, '/');
        return shown.isEmpty() ? "." : shown;
    }

    /** A path lies outside the workspace. */
    final class OutsideWorkspaceException extends Exception {
        private static final long serialVersionUID = 1L;

        public OutsideWorkspaceException(String message) {
            super(message);
        }
    }
}
