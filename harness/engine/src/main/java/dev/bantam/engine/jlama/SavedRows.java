package dev.bantam.engine.jlama;

import dev.bantam.engine.SequenceFileException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A sequence in a file: magic, build and model, tokens, each token's keys and values, and a CRC-32C of all that, which is
 * verified before anything is taken.
 */
final class SavedRows {
    private static final long MAGIC = 0x42414e54414d4a4cL; // "BANTAMJL"
    private static final String BUILD = "jlama 0.8.4, F32 rows 1, ";

    private SavedRows() {}

    static void write(Path file, String fingerprint, int[] tokens, KvRows rows) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
        try {
            try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                CheckedOutputStream checked = new CheckedOutputStream(raw, new CRC32C());
                DataOutputStream out = new DataOutputStream(checked);
                out.writeLong(MAGIC);
                out.writeUTF(BUILD + fingerprint);
                out.writeInt(tokens.length);
                for (int token : tokens) {
                    out.writeInt(token);
                }
                float[] row = new float[rows.rowLength()];
                ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
                for (int position = 0; position < tokens.length; position++) {
                    rows.read(position, row);
                    bytes.clear().asFloatBuffer().put(row);
                    out.write(bytes.array());
                }
                out.writeLong(checked.getChecksum().getValue());
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Fills the rows and returns the tokens; refuses before it changes a row. */
    static int[] read(Path file, String fingerprint, int capacity, KvRows rows) throws IOException {
        verify(file);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.readLong();
            String made = in.readUTF();
            if (!made.equals(BUILD + fingerprint)) {
                throw new SequenceFileException(file, "made by another model or build (" + made + ")");
            }
            int count = in.readInt();
            if (count < 0 || count > capacity) {
                throw new SequenceFileException(
                        file, "holds %d tokens, but there is room for %d".formatted(count, capacity));
            }
            long expected = 2L * Long.BYTES + Short.BYTES + made.length() + Integer.BYTES;
            expected += count * (long) Integer.BYTES * (1 + rows.rowLength());
            if (Files.size(file) != expected) {
                throw new SequenceFileException(file, "of %d bytes, not %d".formatted(Files.size(file), expected));
            }
            int[] tokens = new int[count];
            for (int i = 0; i < count; i++) {
                tokens[i] = in.readInt();
                if (tokens[i] < 0 || tokens[i] >= rows.config().vocabulary()) {
                    throw new SequenceFileException(
                            file, "holds token " + tokens[i] + ", which the model does not have");
                }
            }
            float[] row = new float[rows.rowLength()];
            for (int position = 0; position < count; position++) {
                ByteBuffer.wrap(in.readNBytes(row.length * Float.BYTES))
                        .asFloatBuffer()
                        .get(row);
                rows.write(position, row);
            }
            return tokens;
        }
    }

    private static void verify(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        long body = Files.size(file) - Long.BYTES;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            CheckedInputStream checked = new CheckedInputStream(raw, new CRC32C());
            if (body < 2 * Long.BYTES || new DataInputStream(checked).readLong() != MAGIC) {
                throw new SequenceFileException(file, "not a sequence saved from a folder's model");
            }
            checked.skipNBytes(body - Long.BYTES);
            if (new DataInputStream(raw).readLong() != checked.getChecksum().getValue()) {
                throw new SequenceFileException(file, "damaged or cut off (its checksum is wrong)");
            }
        }
    }
}
