package dev.bantam.engine.gguf;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.Matrix;
import dev.bantam.engine.kernel.PackedMatrix;
import dev.bantam.engine.kernel.packed.PackMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model's GGUF file, or the files that it is split over, mapped into memory: weights are read where they lie, nothing is
 * copied. Tensors handed out are invalid once it is closed. Loading is done by one thread; the tensors may be read by many.
 */
public final class GgufFile implements AutoCloseable {
    /** Bytes of a model whose eight-bit weights are not packed. */
    private static final long SMALL = 256 << 20;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena;
    private final List<GgufPart> parts;
    private final Map<String, Placed> tensors; // those of the first part first
    private final Set<String> used = new HashSet<>();
    private Optional<PackMemory> packing = Optional.empty();
    private long packMemory;
    private final Set<String> leftOut = new HashSet<>();

    private record Placed(GgufPart part, TensorInfo info) {}

    /**
     * A file that the model consists of.
     *
     * @param bytes the whole file, read only
     * @param headerBytes those before the first tensor's data
     */
    public record Part(Path path, MemorySegment bytes, long headerBytes) {}

    private GgufFile(Arena arena, List<GgufPart> parts) throws ModelFileException {
        this.arena = arena;
        this.parts = parts;
        this.tensors = tensors(parts);
    }

    /** Maps the file, with all others of a model that is split, and reads the headers. Any part may be named. */
    public static GgufFile open(Path path) throws ModelFileException {
        Arena arena = Arena.ofShared();
        List<GgufPart> parts = List.of();
        try {
            parts = GgufParts.open(path, arena);
            return new GgufFile(arena, parts);
        } catch (ModelFileException | RuntimeException | Error wrong) {
            parts.forEach(GgufPart::close);
            arena.close();
            throw wrong;
        }
    }

    private static Map<String, Placed> tensors(List<GgufPart> parts) throws ModelFileException {
        Map<String, Placed> tensors = new LinkedHashMap<>();
        for (GgufPart part : parts) {
            for (TensorInfo info : part.header().tensors().values()) {
                Placed before = tensors.putIfAbsent(info.name(), new Placed(part, info));
                if (before != null) {
                    throw new ModelFileException(
                            part.path(),
                            "tensor " + info.name(),
                            "also in " + before.part().path().getFileName(),
                            "each tensor once");
                }
            }
        }
        return Collections.unmodifiableMap(tensors);
    }

    /** The first file. */
    public Path path() {
        return parts.getFirst().path();
    }

    /** The key-value section of the first file, which describes the model. */
    public Metadata metadata() {
        return parts.getFirst().header().metadata();
    }

    public Collection<TensorInfo> tensors() {
        return tensors.values().stream().map(Placed::info).toList();
    }

    /** All but those left out. */
    public Collection<TensorInfo> computedTensors() {
        return tensors().stream().filter(info -> !leftOut.contains(info.name())).toList();
    }

    public boolean hasTensor(String name) {
        return tensors.containsKey(name);
    }

    /** All files, in order. */
    public List<Part> parts() {
        return parts.stream()
                .map(part -> new Part(part.path(), part.data(), part.header().dataStart()))
                .toList();
    }

    /** The size of all files together. */
    public long byteSize() {
        return parts.stream().mapToLong(part -> part.data().byteSize()).sum();
    }

    /**
     * Holds the files against what was mapped, without touching them. Whoever overwrites a model file cuts it off first,
     * and reading weights that are gone would end in a fault of the machine.
     *
     * @throws ModelFileException when one became shorter
     */
    public void requireWhole() throws ModelFileException {
        for (GgufPart part : parts) {
            if (!part.whole()) {
                throw GgufPart.changed(part.path());
            }
        }
    }

    /** Bytes of the tensors that {@link #pack} makes faster; their copies are about as large. */
    public long packableBytes() {
        return tensors().stream()
                .filter(info -> packs(info.type(), Long.MAX_VALUE))
                .mapToLong(TensorInfo::bytes)
                .sum();
    }

    /**
     * Matrices that are asked for from now on compute in integers where their type allows ({@link PackedMatrix}), instead of
     * in floats.
     *
     * @param memory the most bytes that packed copies may take; without them products are the same, and slower
     */
    public void pack(long memory) {
        packing = Optional.of(new PackMemory(arena, memory));
        packMemory = memory;
    }

    /** Eight bits in floats are no slower where a copy finds no memory, or a small model would wait for a kernel's compiler. */
    private boolean packs(TensorType type, long memory) {
        return type.isPackable() && (type != TensorType.Q8_0 || memory > 0 && byteSize() >= SMALL);
    }

    /** A matrix of {@code rows} times {@code columns} weights, of any type that the engine computes with. */
    public Matrix matrix(String name, int rows, int columns) throws ModelFileException {
        Placed tensor = tensor(name, columns, rows);
        return matrix(tensor, bytes(tensor), rows, columns);
    }

    /** A stack of {@code count} matrices of {@code rows} times {@code columns}, one per expert. */
    public Matrix[] stack(String name, int count, int rows, int columns) throws ModelFileException {
        Placed tensor = tensor(name, columns, rows, count);
        MemorySegment all = bytes(tensor);
        long each = tensor.info().bytes() / count;
        Matrix[] matrices = new Matrix[count];
        for (int i = 0; i < count; i++) {
            matrices[i] = matrix(tensor, all.asSlice(i * each, each), rows, columns);
        }
        return matrices;
    }

    private Matrix matrix(Placed tensor, MemorySegment data, int rows, int columns) {
        TensorType type = tensor.info().type();
        return packing.isPresent() && packs(type, packMemory)
                ? type.matrix(data, rows, columns, packing.get())
                : type.matrix(data, rows, columns);
    }

    /** A vector of F32 values, copied. */
    public float[] vector(String name, int length) throws ModelFileException {
        return floats(tensor(name, length));
    }

    /** F32 values in {@code rows} of {@code columns}, copied. */
    public float[] table(String name, int rows, int columns) throws ModelFileException {
        return floats(tensor(name, columns, rows));
    }

    /** Leaves out all tensors whose names begin with {@code prefix}: they are known and not needed. */
    public void leaveOut(String prefix) {
        tensors.keySet().stream().filter(name -> name.startsWith(prefix)).forEach(leftOut::add);
    }

    /** Refuses the file when it has tensors that nobody asked for: they would be left out of the computation silently. */
    public void requireAllTensorsUsed(String architecture) throws ModelFileException {
        for (Placed tensor : tensors.values()) {
            String name = tensor.info().name();
            if (!used.contains(name) && !leftOut.contains(name)) {
                throw wrong(tensor, "present", "only the tensors of a plain " + architecture + " model");
            }
        }
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            parts.forEach(GgufPart::close);
        }
    }

    private static float[] floats(Placed tensor) throws ModelFileException {
        if (tensor.info().type() != TensorType.F32) {
            throw wrong(tensor, "of type " + tensor.info().type(), "F32");
        }
        return bytes(tensor).toArray(FLOAT);
    }

    private Placed tensor(String name, long... shape) throws ModelFileException {
        List<Long> wanted = Arrays.stream(shape).boxed().toList();
        Placed tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelFileException(path(), "tensor " + name, "missing", "a tensor of shape " + wanted);
        }
        if (!withoutOnes(tensor.info().shape()).equals(withoutOnes(wanted))) {
            throw wrong(tensor, "of shape " + tensor.info().shape(), wanted.toString());
        }
        used.add(name);
        return tensor;
    }

    /** The shape without sizes of 1 at its end, which say nothing. */
    private static List<Long> withoutOnes(List<Long> shape) {
        int sizes = shape.size();
        while (sizes > 0 && shape.get(sizes - 1) == 1) {
            sizes--;
        }
        return shape.subList(0, sizes);
    }

    private static MemorySegment bytes(Placed tensor) {
        return tensor.part().bytes(tensor.info());
    }

    private static ModelFileException wrong(Placed tensor, String value, String expected) {
        return new ModelFileException(
                tensor.part().path(), "tensor " + tensor.info().name(), value, expected);
    }
}
