package dev.bantam.engine.gguf;

import dev.bantam.engine.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a good model file as one that is split, the way gguf-split does; a test may change what the parts say. */
public final class SplitGguf {
    private static final int UINT16 = 2;
    private static final int INT32 = 5;

    private final Path folder;
    private final int count;
    private int tensorsTold;

    public SplitGguf(Path folder, int count) {
        this.folder = folder;
        this.count = count;
    }

    /** What {@code split.tensors.count} says instead of the truth. */
    SplitGguf telling(int tensors) {
        tensorsTold = tensors;
        return this;
    }

    public Path part(int number) {
        return folder.resolve("big-%05d-of-%05d.gguf".formatted(number, count));
    }

    /** Writes the fixture of 8-bit weights in parts; a part's name says {@code numbers[i]} where given. */
    public SplitGguf write(int... numbers) throws IOException {
        PatchedGguf whole = PatchedGguf.small();
        try (GgufFile file = GgufFile.open(Fixtures.Q8_0)) {
            List<TensorInfo> tensors = new ArrayList<>(file.tensors());
            String first = tensors.getFirst().name();
            int metadataEnd = whole.after(first) - first.length() - Long.BYTES;
            for (int i = 0; i < count; i++) {
                int from = tensors.size() * i / count;
                int to = tensors.size() * (i + 1) / count;
                int keys = i == 0 ? file.metadata().asMap().size() : 0;
                byte[] metadata = new byte[i == 0 ? metadataEnd - 24 : 0];
                whole.bytes().get(24, metadata);
                byte[] part = part(whole, tensors.subList(from, to), keys, metadata, i, tensors.size());
                Files.write(part(numbers.length > 0 ? numbers[i] : i + 1), part);
            }
        }
        return this;
    }

    private byte[] part(PatchedGguf whole, List<TensorInfo> tensors, int keys, byte[] metadata, int no, int all) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(little(24)
                .putInt(0x46554747)
                .putInt(3)
                .putLong(tensors.size())
                .putLong(keys + 3)
                .array());
        out.writeBytes(metadata);
        out.writeBytes(key("split.no", little(6).putInt(UINT16).putShort((short) no)));
        out.writeBytes(key("split.count", little(6).putInt(UINT16).putShort((short) count)));
        out.writeBytes(
                key("split.tensors.count", little(8).putInt(INT32).putInt(tensorsTold == 0 ? all : tensorsTold)));
        long offset = 0;
        for (TensorInfo info : tensors) {
            ByteBuffer line = little(4 + 8 * info.shape().size() + 4 + 8);
            line.putInt(info.shape().size());
            info.shape().forEach(line::putLong);
            line.putInt(info.type() == TensorType.F32 ? 0 : 8).putLong(offset);
            out.writeBytes(key(info.name(), line));
            offset += aligned(info.bytes());
        }
        out.writeBytes(new byte[(int) aligned(out.size()) - out.size()]);
        for (TensorInfo info : tensors) {
            byte[] data = new byte[(int) aligned(info.bytes())];
            whole.bytes().get((int) info.offset(), data, 0, (int) info.bytes());
            out.writeBytes(data);
        }
        return out.toByteArray();
    }

    private static byte[] key(String name, ByteBuffer value) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return little(8 + text.length + value.capacity())
                .putLong(text.length)
                .put(text)
                .put(value.array())
                .array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long aligned(long bytes) {
        return (bytes + 31) / 32 * 32;
    }
}
