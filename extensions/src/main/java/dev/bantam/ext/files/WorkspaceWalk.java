package dev.bantam.ext.files;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;

/** A bounded walk over the files of a workspace that somebody wrote: what tools make by themselves is left out. */
public final class WorkspaceWalk {
    private static final Set<String> MADE_BY_TOOLS = Set.of(
            ".git",
            ".hg",
            ".svn",
            ".bantam",
            ".gradle",
            ".idea",
            ".venv",
            ".tox",
            ".cache",
            ".mypy_cache",
            ".pytest_cache",
            ".ruff_cache",
            "__pycache__",
            "node_modules",
            "venv",
            "target",
            "build",
            "dist",
            ".coverage");

    /** Those of them in which a build puts its results. */
    private static final Set<String> RESULTS = Set.of("target", "build", "dist");

    private WorkspaceWalk() {}

    /** Hears of what is found. */
    @FunctionalInterface
    public interface Visitor {
        /** A regular file; links are not followed. */
        void file(Path file, BasicFileAttributes attributes);

        /** A symbolic link, which is not followed. */
        default void link(Path link) {}

        /** Whether to leave out a file, or a folder and all in it. */
        default boolean skips(Path path, boolean folder) {
            return false;
        }

        /** A folder with a build's results, which is not entered. */
        default void results(Path folder) {}
    }

    /**
     * Tells the files of a folder.
     *
     * @return whether all were told: false when there are more than {@code mostFiles}, or the time is up
     */
    public static boolean visit(Path root, int mostFiles, Duration limit, Visitor visitor) {
        Bounded bounded = new Bounded(root, mostFiles, System.nanoTime() + limit.toNanos(), visitor);
        try {
            Files.walkFileTree(root, bounded);
        } catch (IOException e) { // only from the root: below it, what cannot be read is passed by
            throw new UncheckedIOException(e);
        }
        return bounded.complete;
    }

    /** As {@link dev.bantam.api.Workspace#show}. */
    public static String name(Path root, Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }

    /** Whether a path, relative to the workspace, lies in a folder that tools make. */
    public static boolean isMadeByTools(Path relative) {
        for (Path step : relative) {
            if (MADE_BY_TOOLS.contains(step.toString())) {
                return true;
            }
        }
        return false;
    }

    private static final class Bounded extends SimpleFileVisitor<Path> {
        private final Path root;
        private final long deadline;
        private final Visitor visitor;
        private int left;
        private boolean complete = true;

        Bounded(Path root, int most, long deadline, Visitor visitor) {
            this.root = root;
            this.left = most;
            this.deadline = deadline;
            this.visitor = visitor;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            String name = folder.getFileName().toString();
            if (RESULTS.contains(name)) {
                visitor.results(folder);
            }
            return MADE_BY_TOOLS.contains(name) || visitor.skips(folder, true)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (left-- <= 0 || System.nanoTime() > deadline) {
                complete = false;
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isSymbolicLink()) {
                visitor.link(file);
            }
            if (attributes.isRegularFile()
                    && !MADE_BY_TOOLS.contains(file.getFileName().toString())
                    && !visitor.skips(file, false)) {
                visitor.file(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException fault) {
            return FileVisitResult.CONTINUE;
        }
    }
}
