package dev.bantam.tools;

import dev.bantam.api.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The names that a model may give to a file that exists. */
final class ExistingPaths {
    private static final int MAX_FILES = 50_000;

    private ExistingPaths() {}

    /** All files that are not ignored; none at all, which binds nothing, when they are too many to offer. */
    static List<String> of(Workspace workspace) {
        List<String> paths = new ArrayList<>();
        for (Path file : new Tree(workspace.root(), workspace.root())) {
            if (paths.size() == MAX_FILES) {
                return List.of();
            }
            paths.add(workspace.show(file));
        }
        return List.copyOf(paths);
    }
}
