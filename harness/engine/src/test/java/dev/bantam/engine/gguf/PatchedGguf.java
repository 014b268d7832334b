package dev.bantam.engine.gguf;

import dev.bantam.engine.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A good model file whose bytes a test changes. */
final class PatchedGguf {
    private final ByteBuffer bytes;

    PatchedGguf(Path original) throws IOException {
        bytes = ByteBuffer.wrap(Files.readAllBytes(original)).order(ByteOrder.LITTLE_ENDIAN);
    }

    static PatchedGguf small() throws IOException {
        return new PatchedGguf(Fixtures.Q8_0);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** Where the bytes after a key or a tensor's name begin. */
    int after(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] wanted = ByteBuffer.allocate(Long.BYTES + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
        for (int at = 0; at < bytes.capacity() - wanted.length; at++) {
            if (Arrays.equals(bytes.array(), at, at + wanted.length, wanted, 0, wanted.length)) {
                return at + wanted.length;
            }
        }
        throw new IllegalArgumentException("the file has no " + name);
    }

    /** Overwrites a text by one of the same length. */
    PatchedGguf replace(String text, String by) {
        bytes.put(after(text) - text.length(), by.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Sets a 32-bit value of the key-value section. */
    PatchedGguf value(String key, int value) {
        bytes.putInt(after(key) + Integer.BYTES, value);
        return this;
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes.array());
    }

    Path writeFirst(int length, Path file) throws IOException {
        return Files.write(file, Arrays.copyOf(bytes.array(), length));
    }
}
