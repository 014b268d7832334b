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
import java.util.function.BiPredicate;

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

    private WorkspaceWalk() {}

    /**
     * Tells each regular file; links are not followed.
     *
     * @return whether all were told: false when there are more than {@code mostFiles}, or the time is up
     */
    public static boolean visit(
            Path root, int mostFiles, Duration limit, BiConsumer<Path, BasicFileAttributes> visitor) {
        return visit(root, mostFiles, limit, (path, folder) -> false, visitor);
    }

    /** As {@link #visit(Path, int, Duration, BiConsumer)}, without what is skipped, which is told whether it is a folder. */
    public static boolean visit(
            Path root,
            int mostFiles,
            Duration limit,
            BiPredicate<Path, Boolean> skipped,
            BiConsumer<Path, BasicFileAttributes> visitor) {
        Bounded bounded = new Bounded(root, mostFiles, System.nanoTime() + limit.toNanos(), skipped, visitor);
        try {
            Files.walkFileTree(root, bounded);
        } catch (IOException e) { // only from the root: below it, what cannot be read is passed by
            throw new UncheckedIOException(e);
        }
        return bounded.complete;
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
        private final BiPredicate<Path, Boolean> skipped;
        private final BiConsumer<Path, BasicFileAttributes> visitor;
        private int left;
        private boolean complete = true;

        Bounded(
                Path root,
                int most,
                long deadline,
                BiPredicate<Path, Boolean> skipped,
                BiConsumer<Path, BasicFileAttributes> visitor) {
            this.root = root;
            this.skipped = skipped;
            this.left = most;
            this.deadline = deadline;
            this.visitor = visitor;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            boolean made = name != null && MADE_BY_TOOLS.contains(name.toString());
            return !folder.equals(root) && (made || skipped.test(folder, true))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (left-- <= 0 || System.nanoTime() > deadline) {
                complete = false;
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isRegularFile()
                    && !MADE_BY_TOOLS.contains(file.getFileName().toString())
                    && !skipped.test(file, false)) {
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
