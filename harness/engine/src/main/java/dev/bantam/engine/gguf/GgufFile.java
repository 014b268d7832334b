package dev.bantam.engine.gguf;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.Matrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A GGUF file mapped into memory: weights are read where they lie, nothing is copied. Tensors handed out are invalid once
 * it is closed. Loading is done by one thread; the tensors may be read by many.
 */
public final class GgufFile implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final Arena arena;
    private final MemorySegment data;
    private final GgufHeader header;
    private final Set<String> used = new HashSet<>();

    private GgufFile(Path path, Arena arena, MemorySegment data, GgufHeader header) {
        this.path = path;
        this.arena = arena;
        this.data = data;
        this.header = header;
    }

    /** Maps the file and reads its header. */
    public static GgufFile open(Path path) throws ModelFileException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path)) {
            MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new GgufFile(path, arena, data, GgufHeader.read(path, data));
        } catch (ModelFileException wrong) {
            arena.close();
            throw wrong;
        } catch (IOException failure) {
            arena.close();
            throw new ModelFileException(path, failure);
        }
    }

    public Path path() {
        return path;
    }

    public Metadata metadata() {
        return header.metadata();
    }

    public Collection<TensorInfo> tensors() {
        return header.tensors().values();
    }

    public boolean hasTensor(String name) {
        return header.tensors().containsKey(name);
    }

    /** The whole file, read only. */
    public MemorySegment bytes() {
        return data;
    }

    /** Bytes before the first tensor's data. */
    public long headerBytes() {
        return header.dataStart();
    }

    /** A matrix of {@code rows} times {@code columns} weights, of any type that the engine computes with. */
    public Matrix matrix(String name, int rows, int columns) throws ModelFileException {
        TensorInfo info = tensor(name, columns, rows);
        return info.type().matrix(bytes(info), rows, columns);
    }

    /** A stack of {@code count} matrices of {@code rows} times {@code columns}, one per expert. */
    public Matrix[] stack(String name, int count, int rows, int columns) throws ModelFileException {
        TensorInfo info = tensor(name, columns, rows, count);
        MemorySegment all = bytes(info);
        long each = info.bytes() / count;
        Matrix[] matrices = new Matrix[count];
        for (int i = 0; i < count; i++) {
            matrices[i] = info.type().matrix(all.asSlice(i * each, each), rows, columns);
        }
        return matrices;
    }

    /** A vector of F32 values, copied. */
    public float[] vector(String name, int length) throws ModelFileException {
        return floats(tensor(name, length));
    }

    /** F32 values in {@code rows} of {@code columns}, copied. */
    public float[] table(String name, int rows, int columns) throws ModelFileException {
        return floats(tensor(name, columns, rows));
    }

    /** Counts all tensors whose names begin with {@code prefix} as used: they are known and not needed. */
    public void leaveOut(String prefix) {
        header.tensors().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(used::add);
    }

    private float[] floats(TensorInfo info) throws ModelFileException {
        if (info.type() != TensorType.F32) {
            throw wrong(info, "of type " + info.type(), "F32");
        }
        return bytes(info).toArray(FLOAT);
    }

    /** Refuses the file when it has tensors that nobody asked for: they would be left out of the computation silently. */
    public void requireAllTensorsUsed(String architecture) throws ModelFileException {
        for (TensorInfo info : tensors()) {
            if (!used.contains(info.name())) {
                throw wrong(info, "present", "only the tensors of a plain " + architecture + " model");
            }
        }
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private TensorInfo tensor(String name, long... shape) throws ModelFileException {
        List<Long> wanted = Arrays.stream(shape).boxed().toList();
        TensorInfo info = header.tensors().get(name);
        if (info == null) {
            throw new ModelFileException(path, "tensor " + name, "missing", "a tensor of shape " + wanted);
        }
        if (!info.shape().equals(wanted)) {
            throw wrong(info, "of shape " + info.shape(), wanted.toString());
        }
        used.add(name);
        return info;
    }

    private MemorySegment bytes(TensorInfo info) {
        return data.asSlice(info.offset(), info.bytes());
    }

    private ModelFileException wrong(TensorInfo info, String value, String expected) {
        return new ModelFileException(path, "tensor " + info.name(), value, expected);
    }
}
