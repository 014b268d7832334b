package dev.bantam.app.sessions;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * A session's folder for output that was too long to show. It goes with a session of which nothing is kept; others are
 * removed when they have not changed for a week. Removing is best effort: what cannot be removed now stays until later.
 *
 * @param kept whether it outlives the program
 */
public record Scratch(Path folder, boolean kept) implements AutoCloseable {
    private static final Duration KEPT_FOR = Duration.ofDays(7);
    private static final int MOST_AT_ONCE = 100;

    /** The folder of this session below that of all sessions; made on first use. */
    public static Scratch of(Path all, String sessionId, boolean kept) {
        Path folder = all.resolve(sessionId);
        removeOld(all, folder, Instant.now().minus(KEPT_FOR));
        return new Scratch(folder, kept);
    }

    @Override
    public void close() {
        if (!kept) {
            remove(folder);
        }
    }

    private static void removeOld(Path all, Path ours, Instant before) {
        int removed = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
            for (Path folder : folders) {
                boolean old = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(before);
                if (old && !folder.equals(ours)) {
                    remove(folder);
                    removed++;
                }
                if (removed == MOST_AT_ONCE) {
                    return;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // there are none yet, or another program removes them too
        }
    }

    private static void remove(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() { // follows no link
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path visited, IOException fault) throws IOException {
                            Files.delete(visited);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            // it was never made, or is removed at a later start
        }
    }
}
