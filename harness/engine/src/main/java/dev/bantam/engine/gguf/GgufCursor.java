package dev.bantam.engine.gguf;

import dev.bantam.engine.ModelFileException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads little-endian values one after the other; whatever lies past the end is an error that names the field. */
final class GgufCursor {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** What one header may bring along: far more than real models, whose vocabularies take some ten mebibytes. */
    private static final long MAX_TEXT = 1 << 26; // bytes of all strings

    private static final int MAX_ELEMENTS = 1 << 22; // of all lists

    private final Path file;
    private final MemorySegment data;
    private long position;
    private long textLeft = MAX_TEXT;
    private int elementsLeft = MAX_ELEMENTS;
    private String field = "header";

    GgufCursor(Path file, MemorySegment data) {
        this.file = file;
        this.data = data;
    }

    /** Names what is read next, for messages. */
    GgufCursor at(String name) {
        field = name;
        return this;
    }

    long position() {
        return position;
    }

    byte u8() throws ModelFileException {
        return data.get(ValueLayout.JAVA_BYTE, take(1));
    }

    short u16() throws ModelFileException {
        return data.get(U16, take(2));
    }

    int u32() throws ModelFileException {
        return data.get(U32, take(4));
    }

    long u64() throws ModelFileException {
        return data.get(U64, take(8));
    }

    /** A count of things that take at least {@code minBytes} each in the rest of the file, and no more than a limit. */
    int count(int minBytes, int limit) throws ModelFileException {
        long count = u64();
        long most = Math.min(limit, remaining() / minBytes);
        if (count < 0 || count > most) {
            throw wrong(
                    "a count of " + Long.toUnsignedString(count),
                    "at most %,d, which is what the file has room for".formatted(most));
        }
        return (int) count;
    }

    /** The number of elements of a list; the lists of a header share a limit, so that none can take all memory. */
    int elements(int minBytes) throws ModelFileException {
        int count = count(minBytes, Integer.MAX_VALUE);
        if (count > elementsLeft) {
            throw wrong("a list of %,d elements".formatted(count), "at most %,d in all lists".formatted(MAX_ELEMENTS));
        }
        elementsLeft -= count;
        return count;
    }

    /** A string; those of a header share a limit too. */
    String string(int limit) throws ModelFileException {
        int length = count(1, limit);
        if (length > textLeft) {
            throw wrong("a string of %,d bytes".formatted(length), "at most %,d in all strings".formatted(MAX_TEXT));
        }
        textLeft -= length;
        byte[] bytes = data.asSlice(take(length), length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    ModelFileException wrong(Object value, String expected) {
        return new ModelFileException(file, field, value, expected);
    }

    private long remaining() {
        return data.byteSize() - position;
    }

    private long take(long bytes) throws ModelFileException {
        if (bytes > remaining()) {
            throw wrong(
                    "cut off at byte " + data.byteSize(),
                    "%d bytes at byte %d; the file is incomplete".formatted(bytes, position));
        }
        long start = position;
        position += bytes;
        return start;
    }
}
