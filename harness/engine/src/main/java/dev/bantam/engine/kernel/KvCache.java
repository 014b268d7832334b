package dev.bantam.engine.kernel;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of the tokens of one sequence, outside the heap. Grows by blocks of positions, so a short conversation in
 * a long context stays small. Positions past the sequence's length are free to be overwritten.
 *
 * <p>Caches may share blocks; a shared block is never written. Whoever shares, detaches or closes holds a lock that is
 * common to all caches that may share; storing and reading need none.
 */
public final class KvCache implements AutoCloseable {
    /** Positions whose keys are turned together. */
    static final int TILE = Math.max(32, 2 * Dot.LANES);

    /** Positions of which memory is taken at once; whole tiles. */
    public static final int BLOCK = Math.max(128, TILE);

    private final Shape shape;
    private final List<KvBlock> blocks = new ArrayList<>(); // each (layer, head, key | value): see KvRows

    /** Key-value heads of {@code width} elements in each of {@code layers} layers. */
    public record Shape(int layers, int heads, int width, KvType type) {
        public Shape {
            if (width % type.blockElements() != 0) {
                throw new IllegalArgumentException("a %s cache needs a head width that is a multiple of %d, not %d"
                        .formatted(type, type.blockElements(), width));
            }
        }

        /** Elements are floats. */
        public Shape(int layers, int heads, int width) {
            this(layers, heads, width, KvType.F32);
        }

        public Shape with(KvType other) {
            return new Shape(layers, heads, width, other);
        }

        public long bytesPerToken() {
            return 2L * layers * heads * type.rowBytes(width);
        }

        public long bytesPerBlock() {
            return bytesPerToken() * BLOCK;
        }

        /** How many blocks {@code positions} tokens take. */
        public static int blocks(int positions) {
            return Math.ceilDiv(positions, BLOCK);
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
            blocks.add(new KvBlock(shape.bytesPerBlock()));
        }
    }

    /** Blocks that are held, shared ones included. */
    public int held() {
        return blocks.size();
    }

    /** Stores key and value, each (n, heads, width), of {@code n} tokens from {@code position} on. */
    public void store(int layer, int position, int n, float[] keys, float[] values) {
        int width = shape.width();
        for (int t = 0; t < n; t++) {
            for (int h = 0; h < shape.heads(); h++) {
                int from = (t * shape.heads() + h) * width;
                int p = position + t;
                MemorySegment block = block(p);
                int inBlock = p % BLOCK;
                KvRows.storeKey(shape.type(), block, keys(layer, h, inBlock), TILE, inBlock % TILE, keys, from, width);
                KvRows.storeValue(shape.type(), block, values(layer, h, inBlock), values, from, width);
            }
        }
    }

    /** The memory that holds {@code position}. */
    MemorySegment block(int position) {
        return blocks.get(position / BLOCK).memory();
    }

    /** Where in its block the tile of keys of a position lies, in bytes. */
    long keys(int layer, int head, int inBlock) {
        return row(layer, head, 0) + (long) inBlock / TILE * TILE * shape.type().rowBytes(shape.width());
    }

    /** Where in its block the value of a position lies, in bytes. */
    long values(int layer, int head, int inBlock) {
        return row(layer, head, 1) + (long) inBlock * shape.type().rowBytes(shape.width());
    }

    private long row(int layer, int head, int part) {
        return (((long) layer * shape.heads() + head) * 2 + part)
                * BLOCK
                * shape.type().rowBytes(shape.width());
    }

    /**
     * Makes a cache that shares the blocks of the first {@code length} positions. The last of them is paid for in
     * advance when it is not full, since one of the two will write into it: {@link #costOfDetaching}.
     */
    public KvCache share(int length) {
        KvCache copy = new KvCache(shape);
        for (int i = 0; i < Shape.blocks(length); i++) {
            copy.blocks.add(blocks.get(i).share((i + 1) * BLOCK > length));
        }
        return copy;
    }

    /** How many blocks of memory {@link #detach} takes that are not paid for. */
    public int costOfDetaching(int from) {
        int cost = 0;
        for (int i = from / BLOCK; i < blocks.size(); i++) {
            cost += blocks.get(i).costOfLeaving();
        }
        return cost;
    }

    /** Makes the positions from {@code from} on writable. Of what is shared, blocks that begin before {@code length} are copied. */
    public void detach(int from, int length) {
        for (int i = blocks.size() - 1; i >= from / BLOCK; i--) {
            KvBlock shared = blocks.get(i);
            if (shared.isShared() && i * BLOCK < length) {
                KvBlock own = new KvBlock(shape.bytesPerBlock());
                own.memory().copyFrom(shared.memory());
                shared.leave();
                blocks.set(i, own);
            } else if (shared.isShared()) {
                shared.leave();
                blocks.remove(i);
            }
        }
    }

    /** Gives back the memory of the blocks after the one that follows {@code length}, as far as it is not shared. */
    public void trim(int length) {
        for (int i = blocks.size() - 1;
                i > Shape.blocks(length) && !blocks.get(i).isShared();
                i--) {
            blocks.removeLast().release();
        }
    }

    /** Gives up all blocks and tells how many of them, paid in advance ones included, nobody needs any more. */
    public int release() {
        int freed = 0;
        for (KvBlock block : blocks) {
            freed += block.release();
        }
        blocks.clear();
        return freed;
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        release();
    }

    /** Writes the first {@code length} positions: whole tiles, zeros past the length. */
    public void write(OutputStream out, int length) throws IOException {
        byte[] tile = new byte[TILE * shape.type().rowBytes(shape.width())];
        for (int first = 0; first < length; first += TILE) {
            int count = Math.min(TILE, length - first);
            for (int layer = 0; layer < shape.layers(); layer++) {
                for (int head = 0; head < shape.heads(); head++) {
                    copyOut(first, keys(layer, head, first % BLOCK), tile);
                    KvRows.clearKeys(shape.type(), tile, TILE, count, shape.width());
                    out.write(tile);
                    copyOut(first, values(layer, head, first % BLOCK), tile);
                    out.write(tile, 0, count * shape.type().rowBytes(shape.width()));
                    out.write(new byte[tile.length - count * shape.type().rowBytes(shape.width())]);
                }
            }
        }
    }

    /** How many bytes {@link #write} writes. */
    public static long writtenBytes(Shape shape, int length) {
        return Math.ceilDiv(length, TILE) * TILE * shape.bytesPerToken();
    }

    /** Reads what {@link #write} wrote. The positions are writable. */
    public void read(DataInputStream in, int length) throws IOException {
        reserve(length);
        int bytes = TILE * shape.type().rowBytes(shape.width());
        for (int first = 0; first < length; first += TILE) {
            for (int layer = 0; layer < shape.layers(); layer++) {
                for (int head = 0; head < shape.heads(); head++) {
                    copyIn(in.readNBytes(bytes), bytes, first, keys(layer, head, first % BLOCK));
                    copyIn(in.readNBytes(bytes), bytes, first, values(layer, head, first % BLOCK));
                }
            }
        }
    }

    private void copyOut(int position, long at, byte[] into) {
        MemorySegment.copy(block(position), ValueLayout.JAVA_BYTE, at, into, 0, into.length);
    }

    private void copyIn(byte[] bytes, int expected, int position, long at) throws EOFException {
        if (bytes.length < expected) {
            throw new EOFException();
        }
        MemorySegment.copy(bytes, 0, block(position), ValueLayout.JAVA_BYTE, at, bytes.length);
    }
}
