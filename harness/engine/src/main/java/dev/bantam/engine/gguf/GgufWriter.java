package dev.bantam.engine.gguf;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes GGUF v3 files, one tensor after the other, for tests and for models that are made up. One thread.
 */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();

    /** Where a tensor's bytes come from; called once for each file, in the order of the tensors. */
    @FunctionalInterface
    public interface Weights {
        /** Writes exactly the promised number of bytes. */
        void write(OutputStream out) throws IOException;
    }

    private record Tensor(String name, int type, long bytes, List<Long> shape, Weights weights) {}

    /**
     * Adds a key-value pair.
     *
     * @param value a string, boolean or float, an integer (written as unsigned), or a list of these (integers signed)
     */
    public GgufWriter put(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Adds a tensor.
     *
     * @param type the number of its type in ggml.h
     * @param shape sizes, input dimension first
     */
    public GgufWriter tensor(String name, int type, long bytes, Weights weights, long... shape) {
        List<Long> sizes = new ArrayList<>();
        for (long size : shape) {
            sizes.add(size);
        }
        tensors.add(new Tensor(name, type, bytes, sizes, weights));
        return this;
    }

    /** Writes the file under another name beside its place and moves it there when it is whole. */
    public void write(Path file) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
                writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void writeTo(OutputStream out) throws IOException {
        byte[] header = header();
        out.write(header);
        out.write(new byte[padding(header.length)]);
        for (Tensor tensor : tensors) {
            Counting counting = new Counting(out);
            tensor.weights().write(counting);
            if (counting.written != tensor.bytes()) {
                throw new IllegalStateException("tensor %s: %d bytes written, %d promised"
                        .formatted(tensor.name(), counting.written, tensor.bytes()));
            }
            out.write(new byte[padding(tensor.bytes())]);
        }
    }

    private byte[] header() {
        Buffer out = new Buffer();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.u32(3).u64(tensors.size()).u64(metadata.size());
        metadata.forEach((key, value) -> {
            out.text(key);
            out.u32(number(value, false));
            write(out, value);
        });
        long offset = 0;
        for (Tensor tensor : tensors) {
            out.text(tensor.name()).u32(tensor.shape().size());
            tensor.shape().forEach(out::u64);
            out.u32(tensor.type()).u64(offset);
            offset += tensor.bytes() + padding(tensor.bytes());
        }
        return out.toByteArray();
    }

    private static void write(Buffer out, Object value) {
        switch (value) {
            case String text -> out.text(text);
            case Boolean flag -> out.write(flag ? 1 : 0);
            case Float number -> out.u32(Float.floatToIntBits(number));
            case Integer number -> out.u32(number);
            case List<?> list -> {
                out.u32(list.isEmpty() ? 8 : number(list.getFirst(), true)).u64(list.size());
                list.forEach(element -> write(out, element));
            }
            default -> throw new IllegalArgumentException("no GGUF value: " + value.getClass());
        }
    }

    /** The type's number in the format. */
    private static int number(Object value, boolean inList) {
        return switch (value) {
            case Integer _ -> inList ? 5 : 4;
            case Float _ -> 6;
            case Boolean _ -> 7;
            case String _ -> 8;
            case List<?> _ -> 9;
            default -> throw new IllegalArgumentException("no GGUF value: " + value.getClass());
        };
    }

    private static int padding(long bytes) {
        return (int) (-bytes & ALIGNMENT - 1);
    }

    private static final class Buffer extends ByteArrayOutputStream {
        Buffer u32(int value) {
            writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
            return this;
        }

        Buffer u64(long value) {
            writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
            return this;
        }

        Buffer text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            u64(bytes.length).writeBytes(bytes);
            return this;
        }
    }

    private static final class Counting extends OutputStream {
        private final OutputStream out;
        private long written;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written += length;
        }
    }
}
