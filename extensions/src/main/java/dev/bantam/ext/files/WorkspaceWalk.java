package dev.bantam.ext.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

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

    /**
     * Tells each regular file; links are not followed.
     *
     * @return whether all were told: false when there are more than {@code mostFiles}, or the time is up
     */
    public static boolean visit(
            Path root, int mostFiles, Duration limit, BiConsumer<Path, BasicFileAttributes> visitor) {
        return visit(root, mostFiles, limit, visitor, results -> {});
    }

    /** @param results hears of the folders with a build's results, which are not entered */
    public static boolean visit(
            Path root,
            int mostFiles,
            Duration limit,
            BiConsumer<Path, BasicFileAttributes> visitor,
            Consumer<Path> results) {
        Bounded bounded = new Bounded(mostFiles, System.nanoTime() + limit.toNanos(), visitor, results);
        try {
            Files.walkFileTree(root, bounded);
        } catch (IOException e) { // only from the root: below it, what cannot be read is passed by
            throw new UncheckedIOException(e);
        }
        return bounded.complete;
    }

    private static final class Bounded extends SimpleFileVisitor<Path> {
        private final long deadline;
        private final BiConsumer<Path, BasicFileAttributes> visitor;
        private final Consumer<Path> results;
        private int left;
        private boolean complete = true;

        Bounded(int most, long deadline, BiConsumer<Path, BasicFileAttributes> visitor, Consumer<Path> results) {
            this.left = most;
            this.deadline = deadline;
            this.visitor = visitor;
            this.results = results;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            if (name == null || !MADE_BY_TOOLS.contains(name.toString())) {
                return FileVisitResult.CONTINUE;
            }
            if (RESULTS.contains(name.toString())) {
                results.accept(folder);
            }
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (left-- <= 0 || System.nanoTime() > deadline) {
                complete = false;
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isRegularFile()
                    && !MADE_BY_TOOLS.contains(file.getFileName().toString())) {
                visitor.accept(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException fault) {
            return FileVisitResult.CONTINUE;
        }
    }
}
