package dev.bantam.engine.gguf;

import dev.bantam.engine.ModelFileException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the weights in a GGUF v3 file: metadata and the tensor table. Every count is held against the bytes
 * that are left before anything is allocated for it. Format: <a
 * href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">gguf.md</a>.
 *
 * @param dataStart where the tensors' bytes begin; the offsets in {@code tensors} are already counted from the file's start
 */
record GgufHeader(Metadata metadata, Map<String, TensorInfo> tensors, long dataStart) {
    private static final int MAGIC = 0x46554747; // "GGUF", little endian
    private static final int MAX_ENTRIES = 1 << 17;
    private static final int MAX_NAME = 1 << 16;
    private static final int MAX_TEXT = 1 << 26;

    static GgufHeader read(Path file, MemorySegment data) throws ModelFileException {
        GgufCursor in = new GgufCursor(file, data);
        int magic = in.at("magic").u32();
        if (magic != MAGIC) {
            throw in.wrong("0x%08x".formatted(magic), "\"GGUF\" (0x46554747); this is no GGUF file");
        }
        int version = in.at("version").u32();
        if (version == Integer.reverseBytes(3)) {
            throw in.wrong("3 in big-endian order", "a little-endian file");
        }
        if (version != 3) {
            throw in.wrong(Integer.toUnsignedString(version), "3; convert the model again with a current tool");
        }
        int tensorCount = in.at("tensor count").count(24, MAX_ENTRIES);
        int keyCount = in.at("metadata count").count(13, MAX_ENTRIES);
        Metadata metadata = new Metadata(file, metadata(in, keyCount));
        int alignment = metadata.integer("general.alignment", 1, 1 << 20, 32);
        if (Integer.bitCount(alignment) != 1) {
            throw metadata.wrong("general.alignment", alignment, "a power of two");
        }
        List<TensorInfo> table = new ArrayList<>();
        for (int i = 0; i < tensorCount; i++) {
            table.add(tensor(in, i, alignment));
        }
        long dataStart = (in.position() + alignment - 1) / alignment * alignment;
        return new GgufHeader(metadata, placed(file, table, dataStart, data.byteSize()), dataStart);
    }

    private static Map<String, Object> metadata(GgufCursor in, int count) throws ModelFileException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = in.at("metadata key %d".formatted(i)).string(MAX_NAME);
            Object value = value(in.at("metadata " + key), in.u32());
            if (values.putIfAbsent(key, value) != null) {
                throw in.wrong("given twice", "each key once");
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private static Object value(GgufCursor in, int type) throws ModelFileException {
        return switch (type) {
            case 0 -> Byte.toUnsignedInt(in.u8());
            case 1 -> in.u8();
            case 2 -> Short.toUnsignedInt(in.u16());
            case 3 -> in.u16();
            case 4 -> Integer.toUnsignedLong(in.u32());
            case 5 -> in.u32();
            case 6 -> Float.intBitsToFloat(in.u32());
            case 7 -> bool(in);
            case 8 -> in.string(MAX_TEXT);
            case 9 -> list(in);
            case 10, 11 -> in.u64();
            case 12 -> Double.longBitsToDouble(in.u64());
            default -> throw in.wrong("of type " + Integer.toUnsignedString(type), "a GGUF value type from 0 to 12");
        };
    }

    private static boolean bool(GgufCursor in) throws ModelFileException {
        byte value = in.u8();
        if (value != 0 && value != 1) {
            throw in.wrong("the boolean " + value, "0 or 1");
        }
        return value == 1;
    }

    private static List<Object> list(GgufCursor in) throws ModelFileException {
        int type = in.u32();
        if (type == 9) {
            throw in.wrong("a list of lists", "a list of plain values");
        }
        int count = in.elements(minBytes(type));
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value(in, type));
        }
        return Collections.unmodifiableList(values);
    }

    /** The bytes that a value of a type takes at least. */
    private static int minBytes(int type) {
        return switch (type) {
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 8, 10, 11, 12 -> 8;
            default -> 1;
        };
    }

    private static TensorInfo tensor(GgufCursor in, int index, int alignment) throws ModelFileException {
        String name = in.at("name of tensor %d".formatted(index)).string(MAX_NAME);
        in.at("tensor " + name);
        int dimensions = in.u32();
        if (dimensions < 1 || dimensions > 4) {
            throw in.wrong("of %s dimensions".formatted(Integer.toUnsignedString(dimensions)), "1 to 4");
        }
        List<Long> shape = new ArrayList<>();
        long elements = 1;
        for (int d = 0; d < dimensions; d++) {
            long size = in.u64();
            if (size < 1 || size > Long.MAX_VALUE / elements || size > Integer.MAX_VALUE) {
                throw in.wrong("of size %s in dimension %d".formatted(Long.toUnsignedString(size), d), "a sane size");
            }
            elements *= size;
            shape.add(size);
        }
        int number = in.u32();
        TensorType type = TensorType.numbered(number)
                .orElseThrow(() -> in.wrong(
                        "of type " + TensorType.nameOf(number),
                        "one of " + TensorType.supported() + "; choose a file of this model in one of these types"));
        if (shape.getFirst() % type.blockWeights() != 0) {
            throw in.wrong("of row length " + shape.getFirst(), "a multiple of " + type.blockWeights());
        }
        long offset = in.u64();
        if (offset < 0 || offset % alignment != 0) {
            throw in.wrong("at offset " + Long.toUnsignedString(offset), "a multiple of " + alignment);
        }
        return new TensorInfo(name, shape, type, offset, bytes(in, type, elements));
    }

    private static long bytes(GgufCursor in, TensorType type, long elements) throws ModelFileException {
        try {
            return type.bytes(elements);
        } catch (ArithmeticException overflow) {
            throw in.wrong("of %d weights".formatted(elements), "a sane size");
        }
    }

    /** Moves offsets to the file's start and holds them against its length. */
    private static Map<String, TensorInfo> placed(Path file, List<TensorInfo> table, long dataStart, long fileBytes)
            throws ModelFileException {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        for (TensorInfo info : table) {
            String field = "tensor " + info.name();
            long room = fileBytes - dataStart - info.bytes();
            if (room < 0 || info.offset() > room) {
                throw new ModelFileException(
                        file,
                        field,
                        "%d bytes at offset %d".formatted(info.bytes(), info.offset()),
                        "to end within the file's %d bytes; the file is incomplete".formatted(fileBytes));
            }
            TensorInfo placed =
                    new TensorInfo(info.name(), info.shape(), info.type(), dataStart + info.offset(), info.bytes());
            if (tensors.put(info.name(), placed) != null) {
                throw new ModelFileException(file, field, "given twice", "each tensor once");
            }
        }
        requireApart(file, tensors.values());
        return Collections.unmodifiableMap(tensors);
    }

    private static void requireApart(Path file, Collection<TensorInfo> tensors) throws ModelFileException {
        TensorInfo before = null;
        for (TensorInfo info : tensors.stream()
                .sorted(Comparator.comparingLong(TensorInfo::offset))
                .toList()) {
            if (before != null && before.offset() + before.bytes() > info.offset()) {
                throw new ModelFileException(
                        file,
                        "tensor " + info.name(),
                        "at byte " + info.offset(),
                        "to begin after %s, which ends at %d"
                                .formatted(before.name(), before.offset() + before.bytes()));
            }
            before = info;
        }
    }
}
