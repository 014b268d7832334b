package dev.bantam.app.sessions;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What extensions keep of one session: a folder for each of them, made on first use. It stays with a session that is kept,
 * and goes with one that is not.
 */
public final class SessionData implements AutoCloseable {
    private final boolean kept;
    private Path folder; // null until it is needed, where nothing is kept

    private SessionData(Path folder, boolean kept) {
        this.folder = folder;
        this.kept = kept;
    }

    /** The data of this session below that of all; a fork begins with a copy of its original's. */
    public static SessionData of(Path all, SessionChoice.Chosen session) throws IOException {
        Path folder = all.resolve(session.id());
        if (session.original().isPresent()) {
            Path original = all.resolve(session.original().get());
            if (Files.isDirectory(original) && !Files.exists(folder)) {
                copy(original, folder);
            }
        }
        return new SessionData(session.kept() ? folder : null, session.kept());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() { // follows no link
                    @Override
                    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                            throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(visited)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        Files.copy(file, to.resolve(from.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** The folder of one extension; a temporary one where nothing is kept. */
    public Path of(String extension) throws IOException {
        if (folder == null) {
            folder = Files.createTempDirectory("bantam-session-");
        }
        return Files.createDirectories(folder.resolve(extension));
    }

    /** Whether it stays when the program ends. */
    boolean kept() {
        return kept;
    }

    @Override
    public void close() {
        if (!kept && folder != null) {
            new Scratch(folder, false).close();
        }
    }
}
