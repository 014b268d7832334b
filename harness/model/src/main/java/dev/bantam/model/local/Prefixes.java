package dev.bantam.model.local;

import dev.bantam.engine.Sequence;
import dev.bantam.engine.SequenceFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was read of the beginnings of conversations, system prompt and tools, kept in files for the next start. It saves
 * time and nothing else: what cannot be written is not kept, what cannot be read is read by the model again.
 */
final class Prefixes {
    /** What is worth a file: a shorter beginning is read faster than its file. */
    static final int FEWEST_TOKENS = 256;

    private static final int MOST_FILES = 8;
    private static final long MOST_BYTES = 4L << 30;
    private static final String SUFFIX = ".sequence";

    private final Path folder;
    private final String modelId;

    /** @param modelId tells models apart */
    Prefixes(Path folder, String modelId) {
        this.folder = folder;
        this.modelId = modelId;
    }

    /** Brings an empty sequence to hold the prefix, if it was kept; else it stays empty. */
    boolean restore(Sequence sequence, int[] prefix) {
        Path file = file(prefix);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            sequence.restore(file);
            if (Arrays.equals(sequence.tokens(), prefix)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return true;
            }
            sequence.rewind(0);
        } catch (SequenceFileException stale) {
            delete(file);
        } catch (IOException unreadable) {
            return sequence.length() == prefix.length;
        }
        return false;
    }

    /** Keeps a sequence that holds exactly the prefix; the ones that were not used for longest give way. */
    void keep(Sequence sequence, int[] prefix) {
        try {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            sequence.save(file(prefix));
            makeRoom();
        } catch (IOException notKept) {
            delete(file(prefix));
        }
    }

    private void makeRoom() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(Prefixes::lastUsed).reversed())
                    .toList();
        }
        long bytes = 0;
        for (int i = 0; i < files.size(); i++) {
            bytes += Files.size(files.get(i));
            if (i >= MOST_FILES || i > 0 && bytes > MOST_BYTES) {
                delete(files.get(i));
            }
        }
    }

    private static FileTime lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // it is checked before it is used
        }
    }

    private Path file(int[] prefix) {
        ByteBuffer tokens = ByteBuffer.allocate(Integer.BYTES * prefix.length);
        tokens.asIntBuffer().put(prefix);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(modelId.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest.digest(tokens.array()), 0, 16) + SUFFIX);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
