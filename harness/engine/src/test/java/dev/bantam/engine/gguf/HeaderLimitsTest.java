package dev.bantam.engine.gguf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.ModelFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that have the bytes for what they announce, but would fill the memory with it. */
class HeaderLimitsTest {
    private static final int STRING = 8;
    private static final int UINT8 = 0;

    @TempDir
    private Path folder;

    @Test
    void boundsTheElementsOfAllListsTogether() throws IOException {
        ByteBuffer header = header(0, 3);
        list(header, "a", UINT8, 2_000_000).position(header.position() + 2_000_000);
        list(header, "b", UINT8, 2_000_000).position(header.position() + 2_000_000);
        list(header, "c", UINT8, 2_000_000);
        refuses(
                header,
                10_000_000,
                "metadata c is a list of 2,000,000 elements; expected at most 4,194,304 in all lists");
    }

    @Test
    void boundsTheTextOfAllStringsTogether() throws IOException {
        ByteBuffer header = header(0, 1);
        key(header, "a").putInt(STRING).putLong(68_000_000);
        refuses(header, 70_000_000, "metadata a is a count of 68000000; expected at most");
        header = header(0, 2);
        key(header, "a").putInt(STRING).putLong(100).position(header.position() + 100);
        key(header, "b").putInt(STRING).putLong((1 << 26) - 50);
        refuses(header, 70_000_000, "metadata b is a string of 67,108,814 bytes; expected at most 67,108,864");
    }

    @Test
    void boundsTheNamesOfTensors() throws IOException {
        ByteBuffer header = header(1, 0);
        header.putLong(1 << 20);
        refuses(header, 10_000_000, "name of tensor 0 is a count of 1048576; expected at most");
    }

    @Test
    void holdsAListAgainstTheBytesThatItsElementsTake() throws IOException {
        ByteBuffer header = header(0, 1);
        list(header, "a", STRING, 1_000_000);
        refuses(header, 4_000_000, "metadata a is a count of 1000000; expected at most 499,99");
    }

    @Test
    void refusesKeysThatTheFileHasNoRoomFor() throws IOException {
        refuses(header(0, 100_000), 1_000_000, "metadata count is a count of 100000; expected at most 76,92");
        refuses(header(100_000, 0), 1_000_000, "tensor count is a count of 100000; expected at most 41,66");
    }

    private static ByteBuffer header(long tensors, long keys) {
        return ByteBuffer.allocate(8_000_000)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x46554747)
                .putInt(3)
                .putLong(tensors)
                .putLong(keys);
    }

    private static ByteBuffer key(ByteBuffer header, String key) {
        return header.putLong(key.length()).put(key.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer list(ByteBuffer header, String key, int type, long count) {
        return key(header, key).putInt(9).putInt(type).putLong(count);
    }

    private void refuses(ByteBuffer header, long fileBytes, String message) throws IOException {
        Path file = folder.resolve("greedy.gguf");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(0);
            out.write(header.array(), 0, header.position());
            out.setLength(fileBytes);
        }
        assertThatThrownBy(() -> GgufFile.open(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }
}
