package dev.bantam.ext;

import dev.bantam.api.Workspace;
import java.nio.file.Path;

/** A temporary folder as a workspace. */
public record FolderWorkspace(Path root) implements Workspace {
    @Override
    public Path resolve(String name) throws OutsideWorkspaceException {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) {
            throw new OutsideWorkspaceException(name + " is outside the workspace");
        }
        return path;
    }
}
