package dev.bantam.model.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** A file that is on its way, and the hash of what is there. Locked against another process that gets the same. */
final class PartFile implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final Path path;
    private final FileChannel channel;
    private MessageDigest digest = fresh();
    private long length;

    /** This machine's disk failed, not the connection. */
    static final class DiskException extends IOException {
        private static final long serialVersionUID = 1;

        DiskException(Path file, IOException cause) {
            super(
                    file + " cannot be written: " + cause.getMessage() + ". Make room or choose another disk with"
                            + " XDG_DATA_HOME; what is here is kept",
                    cause);
        }
    }

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens what an earlier run left, or nothing. More bytes than the whole file has are of no use. */
    static PartFile open(Path path, long most) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!locked(channel)) {
                throw new IOException(path + " is being written by another run. Wait for it, or end it");
            }
            PartFile part = new PartFile(path, channel);
            if (channel.size() > most) {
                part.clear();
            }
            part.hashWhatIsThere();
            return part;
        } catch (IOException | RuntimeException | Error failure) {
            channel.close();
            throw failure;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    private void hashWhatIsThere() throws IOException {
        channel.position(0);
        InputStream in = Channels.newInputStream(channel);
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            digest.update(buffer, 0, count);
            length += count;
        }
    }

    long length() {
        return length;
    }

    /** Appends what comes, up to {@code most} bytes in all. */
    void append(InputStream body, long most, LongConsumer after) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (length < most) {
            int count = body.read(buffer, 0, (int) Math.min(buffer.length, most - length));
            if (count < 0) {
                return;
            }
            write(buffer, count);
            digest.update(buffer, 0, count);
            length += count;
            after.accept(length);
        }
    }

    private void write(byte[] buffer, int count) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (java.nio.channels.ClosedByInterruptException interrupted) {
            throw new IOException(new InterruptedException());
        } catch (IOException e) {
            throw new DiskException(path, e);
        }
    }

    /** Throws away what is there. */
    void clear() throws IOException {
        channel.truncate(0);
        channel.position(0);
        length = 0;
        digest = fresh();
    }

    /** Of all bytes that are there, in hexadecimal digits. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", impossible);
        }
    }

    /** Has everything written to the disk. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close(); // and with it the lock
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
