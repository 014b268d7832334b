package dev.bantam.engine.model;

import dev.bantam.engine.SequenceFileException;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.SequenceCache;
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
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A sequence in a file: magic, engine build, model fingerprint, cache shape; the numbers of tokens, logits and recurrent
 * states, the tokens, the states' positions; the logits, the states, the keys and values; and a CRC-32C of all that. The
 * checksum is verified over the whole file before anything is taken from it.
 */
final class SequenceFile {
    /** Changes whenever an older cache would no longer continue to the same tokens. */
    static final String BUILD = "bantam-engine 2";

    private static final long MAGIC = 0x42414e54414d5351L; // "BANTAMSQ"
    private static final int BUFFER = 1 << 16;
    private static final int MOST_STATES = 2;

    private final Path file;
    private final String fingerprint;
    private final SequenceCache.Shape shape;

    /**
     * What is saved besides keys and values.
     *
     * @param logits those after the last token, or none
     * @param states recurrent states, ascending; owned by whoever reads
     */
    record Content(int[] tokens, float[] logits, List<Checkpoint> states) {}

    private record Header(int[] tokens, int logits, int[] positions) {}

    SequenceFile(Path file, String fingerprint, SequenceCache.Shape shape) {
        this.file = file;
        this.fingerprint = fingerprint;
        this.shape = shape;
    }

    /** Writes the file, which appears complete or not at all. */
    void write(Content content, KvCache cache) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                CheckedOutputStream checked = new CheckedOutputStream(
                        new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), new CRC32C());
                DataOutputStream out = new DataOutputStream(checked);
                writeBody(out, content, cache);
                out.writeLong(checked.getChecksum().getValue());
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void writeBody(DataOutputStream out, Content content, KvCache cache) throws IOException {
        out.writeLong(MAGIC);
        out.writeUTF(BUILD);
        out.writeUTF(fingerprint);
        out.writeUTF(shape.toString());
        out.writeInt(content.tokens.length);
        out.writeInt(content.logits.length);
        out.writeInt(content.states.size());
        write(out, MemorySegment.ofArray(content.tokens));
        for (Checkpoint state : content.states) {
            out.writeInt(state.position());
        }
        write(out, MemorySegment.ofArray(content.logits));
        for (Checkpoint state : content.states) {
            write(out, state.memory());
        }
        cache.write(out, content.tokens.length);
    }

    private static void write(DataOutputStream out, MemorySegment memory) throws IOException {
        byte[] piece = new byte[(int) Math.min(BUFFER, memory.byteSize())];
        for (long at = 0; at < memory.byteSize(); at += piece.length) {
            int count = (int) Math.min(piece.length, memory.byteSize() - at);
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, piece, 0, count);
            out.write(piece, 0, count);
        }
    }

    /**
     * Reads the content, and keys and values into {@code cache}.
     *
     * @param change called when nothing speaks against the file, before {@code cache} is written
     */
    Content read(int capacity, int vocabulary, KvCache cache, Runnable change) throws IOException {
        verify();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            Header header = header(in, capacity, vocabulary);
            change.run();
            return content(in, header, cache);
        } catch (EOFException | UTFDataFormatException damaged) {
            throw new SequenceFileException(file, "damaged or cut off");
        }
    }

    private void verify() throws IOException {
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

    private Header header(DataInputStream in, int capacity, int vocabulary) throws IOException {
        in.readLong();
        expect("engine build", in.readUTF(), BUILD);
        expect("model", in.readUTF(), fingerprint);
        expect("cache", in.readUTF(), shape.toString());
        int tokens = count(in, "tokens", capacity);
        int logits = count(in, "logits", vocabulary);
        int states = count(in, "states", shape.recurrent().bytes() == 0 ? 0 : MOST_STATES);
        requireSize(tokens, logits, states);
        return new Header(ids(in, tokens, vocabulary), logits, positions(in, states, tokens));
    }

    private void expect(String what, String found, String expected) throws SequenceFileException {
        if (!found.equals(expected)) {
            throw new SequenceFileException(file, "made with another %s (%s, not %s)".formatted(what, found, expected));
        }
    }

    private int count(DataInputStream in, String what, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new SequenceFileException(file, "holds %d %s, but there is room for %d".formatted(count, what, most));
        }
        return count;
    }

    private void requireSize(int tokens, int logits, int states) throws IOException {
        int texts = BUILD.length() + fingerprint.length() + shape.toString().length();
        long expected = Long.BYTES + 3L * Short.BYTES + texts + 3L * Integer.BYTES;
        expected += (long) Integer.BYTES * (tokens + states) + (long) Float.BYTES * logits;
        expected += states * shape.recurrent().bytes() + KvCache.writtenBytes(shape.attention(), tokens) + Long.BYTES;
        if (Files.size(file) != expected) {
            throw new SequenceFileException(file, "of %d bytes, not %d".formatted(Files.size(file), expected));
        }
    }

    private int[] ids(DataInputStream in, int count, int vocabulary) throws IOException {
        int[] tokens = new int[count];
        read(in, MemorySegment.ofArray(tokens));
        for (int token : tokens) {
            if (token < 0 || token >= vocabulary) {
                throw new SequenceFileException(file, "holds token " + token + ", which the model does not have");
            }
        }
        return tokens;
    }

    private int[] positions(DataInputStream in, int count, int tokens) throws IOException {
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = in.readInt();
            if (positions[i] <= (i == 0 ? 0 : positions[i - 1]) || positions[i] > tokens) {
                throw new SequenceFileException(file, "holds a state after " + positions[i] + " tokens");
            }
        }
        return positions;
    }

    private Content content(DataInputStream in, Header header, KvCache cache) throws IOException {
        float[] logits = new float[header.logits];
        read(in, MemorySegment.ofArray(logits));
        List<Checkpoint> states = new ArrayList<>();
        boolean complete = false;
        try {
            for (int position : header.positions) {
                states.add(new Checkpoint(position, shape.recurrent()));
                read(in, states.getLast().memory());
            }
            cache.read(in, header.tokens.length);
            complete = true;
        } finally {
            if (!complete) {
                states.forEach(Checkpoint::release);
            }
        }
        return new Content(header.tokens, logits, states);
    }

    private static void read(DataInputStream in, MemorySegment memory) throws IOException {
        byte[] piece = new byte[(int) Math.min(BUFFER, memory.byteSize())];
        for (long at = 0; at < memory.byteSize(); at += piece.length) {
            int count = (int) Math.min(piece.length, memory.byteSize() - at);
            in.readFully(piece, 0, count);
            MemorySegment.copy(piece, 0, memory, ValueLayout.JAVA_BYTE, at, count);
        }
    }
}
