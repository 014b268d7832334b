package dev.bantam.engine.gguf;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a model file of F32 tensors, for architectures that no ready file covers. */
public final class GgufBuilder {
    private static final int ALIGNMENT = 32;
    private static final int UINT32 = 4;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final Map<String, Object> keys = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private record Tensor(float[] values, List<Long> shape) {}

    /** Sets a key to an Integer, a Float, a String or a list of strings. */
    public GgufBuilder key(String name, Object value) {
        keys.put(name, value);
        return this;
    }

    /** Adds a tensor; {@code shape} begins with the contiguous dimension. */
    public GgufBuilder tensor(String name, float[] values, List<Long> shape) {
        tensors.put(name, new Tensor(values, shape));
        return this;
    }

    public Path write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LittleEndian out = new LittleEndian(new DataOutputStream(bytes));
        out.int32(0x46554747);
        out.int32(3);
        out.int64(tensors.size());
        out.int64(keys.size());
        for (Map.Entry<String, Object> key : keys.entrySet()) {
            out.string(key.getKey());
            value(out, key.getValue());
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            out.string(entry.getKey());
            out.int32(tensor.shape().size());
            for (long size : tensor.shape()) {
                out.int64(size);
            }
            out.int32(0);
            out.int64(offset);
            offset += Math.ceilDiv(4L * tensor.values().length, ALIGNMENT) * ALIGNMENT;
        }
        for (Tensor tensor : tensors.values()) {
            pad(out, bytes);
            for (float value : tensor.values()) {
                out.int32(Float.floatToRawIntBits(value));
            }
        }
        pad(out, bytes);
        return Files.write(file, bytes.toByteArray());
    }

    private static void pad(LittleEndian out, ByteArrayOutputStream bytes) throws IOException {
        while (bytes.size() % ALIGNMENT != 0) {
            out.int8(0);
        }
    }

    private static void value(LittleEndian out, Object value) throws IOException {
        switch (value) {
            case Integer number -> {
                out.int32(UINT32);
                out.int32(number);
            }
            case Float number -> {
                out.int32(FLOAT32);
                out.int32(Float.floatToRawIntBits(number));
            }
            case String text -> {
                out.int32(STRING);
                out.string(text);
            }
            case List<?> texts -> {
                out.int32(ARRAY);
                out.int32(STRING);
                out.int64(texts.size());
                for (Object text : texts) {
                    out.string((String) text);
                }
            }
            default -> throw new IllegalArgumentException("a value of " + value.getClass());
        }
    }

    private record LittleEndian(DataOutputStream out) {
        void int8(int value) throws IOException {
            out.writeByte(value);
        }

        void int32(int value) throws IOException {
            out.writeInt(Integer.reverseBytes(value));
        }

        void int64(long value) throws IOException {
            out.writeLong(Long.reverseBytes(value));
        }

        void string(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int64(bytes.length);
            out.write(bytes);
        }
    }
}
