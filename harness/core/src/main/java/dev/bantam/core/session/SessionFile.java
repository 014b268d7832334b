package dev.bantam.core.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A session on disk: an append-only file of JSON lines {@code {"id","parent","event":{"type",…}}}. A line reaches the
 * operating system in one write before the next thing happens, so a killed process loses at most the line being
 * written. One process writes at a time; the file is locked.
 */
public final class SessionFile implements SessionLog {
    private final Path path;
    private final FileChannel channel;
    private int lastId;
    private String head;

    private SessionFile(Path path, FileChannel channel, int lastId, String head) {
        this.path = path;
        this.channel = channel;
        this.lastId = lastId;
        this.head = head;
    }

    /** Starts a new file, readable by its owner alone. */
    public static SessionFile create(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new SessionFile(path, locked(path, channel), 0, "");
    }

    /** Goes on with a file that was read. A torn last line is closed, so that what follows stands on its own line. */
    public static SessionFile reopen(SessionTree tree) throws IOException {
        Path path = tree.path();
        FileChannel channel = locked(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        long size = channel.size();
        if (size != tree.size()) {
            channel.close();
            throw inUse(path); // somebody wrote to it after it was read and before it was locked
        }
        channel.position(size);
        if (size > 0) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, size - 1);
            if (last.get(0) != '\n') {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
        }
        return new SessionFile(path, channel, tree.highestId(), tree.leaf());
    }

    private static FileChannel locked(Path path, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException alreadyOurs) {
            // reported below, like a lock of another process
        }
        channel.close();
        throw inUse(path);
    }

    private static IOException inUse(Path path) {
        return new IOException("the session " + path + " is in use by another bantam. Wait for its end, or start a new"
                + " session from it with --fork");
    }

    @Override
    public String append(ObjectNode event) {
        String id = String.valueOf(++lastId);
        ObjectNode line = MessageJson.JSON.createObjectNode().put("id", id).put("parent", head);
        line.set("event", event);
        ByteBuffer bytes = ByteBuffer.wrap((MessageJson.text(line) + "\n").getBytes(StandardCharsets.UTF_8));
        boolean interrupted = Thread.interrupted(); // an interrupted thread would close the channel
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the session file " + path + " cannot be written: " + e.getMessage()
                            + ". Make room, or run with --no-session",
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        head = id;
        return id;
    }

    @Override
    public String head() {
        return head;
    }

    @Override
    public void moveTo(String entryId) {
        head = entryId;
    }

    /** A session in which nothing was ever said leaves no file. */
    @Override
    public void close() {
        try {
            if (lastId == 0) {
                Files.deleteIfExists(path);
            }
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the session file " + path + " cannot be closed", e);
        }
    }
}
