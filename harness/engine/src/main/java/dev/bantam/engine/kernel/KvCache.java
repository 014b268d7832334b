package dev.bantam.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of the tokens of one sequence, as floats outside the heap. Grows by blocks of positions, so a short
 * conversation in a long context stays small. Positions past the sequence's length are free to be overwritten.
 */
public final class KvCache implements AutoCloseable {
    static final int BLOCK = 128;

    private final Shape shape;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> blocks = new ArrayList<>(); // each (layer, key | value, head, BLOCK, width)

    /** Key-value heads of {@code width} elements in each of {@code layers} layers. */
    public record Shape(int layers, int heads, int width) {
        public long bytesPerToken() {
            return 2L * layers * heads * width * Float.BYTES;
        }
    }

    public KvCache(Shape shape) {
        this.shape = shape;
    }

    public Shape shape() {
        return shape;
    }

    /** Takes memory for {@code positions} tokens where it has not been taken yet. */
    public void reserve(int positions) {
        while (blocks.size() * BLOCK < positions) {
            blocks.add(arena.allocate(shape.bytesPerToken() * BLOCK, 64));
        }
    }

    /** Stores key and value, each (n, heads, width), of {@code n} tokens from {@code position} on. */
    public void store(int layer, int position, int n, float[] keys, float[] values) {
        int width = shape.width();
        for (int t = 0; t < n; t++) {
            for (int h = 0; h < shape.heads(); h++) {
                int from = (t * shape.heads() + h) * width;
                int p = position + t;
                MemorySegment block = blocks.get(p / BLOCK);
                MemorySegment.copy(keys, from, block, Dot.FLOAT, offset(layer, 0, h, p % BLOCK), width);
                MemorySegment.copy(values, from, block, Dot.FLOAT, offset(layer, 1, h, p % BLOCK), width);
            }
        }
    }

    /** The memory that holds {@code position}. */
    MemorySegment block(int position) {
        return blocks.get(position / BLOCK);
    }

    /** Where in its block a key (part 0) or value (part 1) lies, in bytes. */
    long offset(int layer, int part, int head, int inBlock) {
        return ((((long) layer * 2 + part) * shape.heads() + head) * BLOCK + inBlock) * shape.width() * Float.BYTES;
    }

    /**
     * The memory of the first {@code length} positions in a fixed order of contiguous pieces, to be copied out or in.
     * Takes memory as needed.
     */
    public List<MemorySegment> pieces(int length) {
        reserve(length);
        List<MemorySegment> pieces = new ArrayList<>();
        for (int first = 0; first < length; first += BLOCK) {
            long bytes = (long) Math.min(BLOCK, length - first) * shape.width() * Float.BYTES;
            for (int layer = 0; layer < shape.layers(); layer++) {
                for (int part = 0; part < 2; part++) {
                    for (int head = 0; head < shape.heads(); head++) {
                        pieces.add(block(first).asSlice(offset(layer, part, head, 0), bytes));
                    }
                }
            }
        }
        return pieces;
    }

    /** Copies the first {@code length} positions of another cache of the same shape. */
    public void copyFrom(KvCache other, int length) {
        List<MemorySegment> from = other.pieces(length);
        List<MemorySegment> to = pieces(length);
        for (int i = 0; i < from.size(); i++) {
            to.get(i).copyFrom(from.get(i));
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
