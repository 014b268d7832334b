package dev.bantam.engine.model;

import dev.bantam.engine.SequenceFileException;
import dev.bantam.engine.kernel.KvCache;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A sequence in a file: magic, engine build, model fingerprint, cache shape, tokens, the cache's memory, and a CRC-32C of
 * all that. The checksum is verified over the whole file before anything is taken from it.
 */
final class SequenceFile {
    /** Changes whenever an older cache would no longer continue to the same tokens. */
    static final String BUILD = "bantam-engine 1, F32 cache";

    private static final long MAGIC = 0x42414e54414d5351L; // "BANTAMSQ"
    private static final int BUFFER = 1 << 16;

    private SequenceFile() {}

    static void write(Path file, String fingerprint, int[] tokens, KvCache cache) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                CheckedOutputStream checked = new CheckedOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), new CRC32C());
                DataOutputStream out = new DataOutputStream(checked);
                writeBody(out, fingerprint, tokens, cache);
                out.writeLong(checked.getChecksum().getValue());
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void writeBody(DataOutputStream out, String fingerprint, int[] tokens, KvCache cache)
            throws IOException {
        out.writeLong(MAGIC);
        out.writeUTF(BUILD);
        out.writeUTF(fingerprint);
        out.writeUTF(cache.shape().toString());
        out.writeInt(tokens.length);
        for (int token : tokens) {
            out.writeInt(token);
        }
        for (MemorySegment piece : cache.pieces(tokens.length)) {
            out.write(piece.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** Reads the cache and returns the tokens; refuses before it changes the cache. */
    static int[] read(Path file, String fingerprint, int capacity, int vocabulary, KvCache cache) throws IOException {
        verify(file);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            in.readLong();
            expect(file, "engine build", in.readUTF(), BUILD);
            expect(file, "model", in.readUTF(), fingerprint);
            expect(file, "cache shape", in.readUTF(), cache.shape().toString());
            int[] tokens = tokens(file, in, capacity, vocabulary);
            requireSize(file, fingerprint, tokens.length, cache.shape());
            for (MemorySegment piece : cache.pieces(tokens.length)) {
                byte[] bytes = in.readNBytes((int) piece.byteSize());
                MemorySegment.copy(bytes, 0, piece, ValueLayout.JAVA_BYTE, 0, bytes.length);
            }
            return tokens;
        } catch (EOFException | UTFDataFormatException damaged) {
            throw new SequenceFileException(file, "damaged or cut off");
        }
    }

    private static void verify(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        long body = Files.size(file) - Long.BYTES;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            CheckedInputStream checked = new CheckedInputStream(raw, new CRC32C());
            if (body < Long.BYTES || new DataInputStream(checked).readLong() != MAGIC) {
                throw new SequenceFileException(file, "not a saved sequence");
            }
            checked.skipNBytes(body - Long.BYTES);
            if (new DataInputStream(raw).readLong() != checked.getChecksum().getValue()) {
                throw new SequenceFileException(file, "damaged or cut off (its checksum is wrong)");
            }
        }
    }

    private static int[] tokens(Path file, DataInputStream in, int capacity, int vocabulary) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > capacity) {
            throw new SequenceFileException(
                    file, "holds %d tokens, but there is room for %d".formatted(count, capacity));
        }
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = in.readInt();
            if (tokens[i] < 0 || tokens[i] >= vocabulary) {
                throw new SequenceFileException(file, "holds token " + tokens[i] + ", which the model does not have");
            }
        }
        return tokens;
    }

    private static void requireSize(Path file, String fingerprint, int tokens, KvCache.Shape shape) throws IOException {
        int texts = BUILD.length() + fingerprint.length() + shape.toString().length();
        long expected = Long.BYTES + 3L * Short.BYTES + texts + Integer.BYTES;
        expected += tokens * (Integer.BYTES + shape.bytesPerToken()) + Long.BYTES;
        if (Files.size(file) != expected) {
            throw new SequenceFileException(file, "of %d bytes, not %d".formatted(Files.size(file), expected));
        }
    }

    private static void expect(Path file, String what, String found, String expected) throws SequenceFileException {
        if (!found.equals(expected)) {
            throw new SequenceFileException(file, "made with another %s (%s, not %s)".formatted(what, found, expected));
        }
    }
}
