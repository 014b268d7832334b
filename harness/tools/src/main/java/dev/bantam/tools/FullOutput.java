package dev.bantam.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** All that a command has printed, up to a limit: in memory while it is short, then in a file of the scratch folder. */
final class FullOutput implements AutoCloseable {
    private static final int MAX_IN_MEMORY = 1 << 16;
    private static final long MAX_BYTES = 50L << 20;

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path scratch;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private OutputStream out = memory;
    private Path file; // null while everything is in memory
    private long size;
    private IOException fault; // why the file holds only a part; the command's result does not depend on it

    FullOutput(Path scratch) {
        this.scratch = scratch;
    }

    void add(ByteBuffer bytes) {
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        int taken = Math.clamp(MAX_BYTES - size, 0, chunk.length);
        size += chunk.length;
        if (fault != null) {
            return;
        }
        try {
            out.write(chunk, 0, taken);
            if (file == null && size > MAX_IN_MEMORY) {
                moveToFile();
            }
        } catch (IOException e) {
            fault = e;
        }
    }

    private void moveToFile() throws IOException {
        Files.createDirectories(scratch, OWNER_ONLY);
        file = Files.createTempFile(scratch, "bash-", ".txt");
        out = Files.newOutputStream(file);
        memory.writeTo(out);
        memory.reset();
    }

    /** Bytes that were printed, whether or not all were kept. */
    long size() {
        return size;
    }

    /** Where it is, in words: the path, and whether it is all there. */
    String save() {
        try {
            if (file == null && fault == null) {
                moveToFile();
            }
            out.flush();
        } catch (IOException e) {
            fault = e;
        }
        if (fault != null) {
            return "not kept, because of " + fault.getMessage();
        }
        return size > MAX_BYTES ? file + ", its first " + Shown.size(MAX_BYTES) : file.toString();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
