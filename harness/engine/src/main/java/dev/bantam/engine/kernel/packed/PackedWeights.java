package dev.bantam.engine.kernel.packed;

import static dev.bantam.engine.kernel.packed.Lanes.ROWS;

import dev.bantam.engine.kernel.block.Packable;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A matrix of quantised weights whose rows are packed in groups when they are first used, into memory of their own if there
 * is room for it, else into scratch memory each time: the results are the same. Safe for many threads.
 */
public final class PackedWeights {
    private static final int NEW = 0;
    private static final int BEING_PACKED = 1;
    private static final int PACKED = 2;

    private final Packing packing;
    private final PackMemory memory;
    private final AtomicIntegerArray states;
    private volatile MemorySegment packed;

    public PackedWeights(Packable layout, MemorySegment data, int rows, int columns, PackMemory memory) {
        packing = new Packing(layout, data, rows, columns);
        this.memory = memory;
        states = new AtomicIntegerArray(packing.groups());
    }

    /** Rows that {@link #multiply} does at once. */
    public static int rowsPerGroup() {
        return ROWS;
    }

    public int groups() {
        return packing.groups();
    }

    /** What activations must be laid out for, as a bit: see {@link Quantized#reserve}. */
    public int kind() {
        return 1 << packing.layout().bits();
    }

    /**
     * sums[j · rowsPerGroup + r] = W[group · rowsPerGroup + r] · x[tokens[j]] for j &lt; count. Each row of weights is summed
     * block after block, so the bits do not depend on the other tokens.
     */
    public void multiply(int group, Quantized x, int[] tokens, int count, Scratch scratch, float[] sums) {
        Arrays.fill(sums, 0, count * ROWS, 0);
        MemorySegment own = memory();
        if (own != null && (states.get(group) == PACKED || packInto(own, group, scratch))) {
            multiply(own, group * packing.groupBytes(), x, tokens, count, scratch, sums);
        } else {
            MemorySegment borrowed = scratch.group(packing.groupBytes());
            packing.pack(group, borrowed, 0, scratch);
            multiply(borrowed, 0, x, tokens, count, scratch, sums);
        }
    }

    private boolean packInto(MemorySegment own, int group, Scratch scratch) {
        if (!states.compareAndSet(group, NEW, BEING_PACKED)) {
            return states.get(group) == PACKED;
        }
        packing.pack(group, own, group * packing.groupBytes(), scratch);
        states.set(group, PACKED);
        return true;
    }

    /** The matrix' own memory, or null when there was no room. */
    private MemorySegment memory() {
        MemorySegment own = packed;
        return own != null ? own : takeMemory();
    }

    private synchronized MemorySegment takeMemory() {
        if (packed == null) {
            packed = memory.take(packing.groups() * packing.groupBytes());
        }
        return packed;
    }

    private void multiply(
            MemorySegment w, long from, Quantized x, int[] tokens, int count, Scratch scratch, float[] sums) {
        Packable layout = packing.layout();
        ChunkScales scales = scratch.scales;
        for (int chunk = 0; chunk < packing.chunks(); chunk++) {
            int blocks = packing.blocks(chunk);
            scales.read(layout, w, from, blocks);
            long words = from + ChunkScales.bytes(layout, blocks);
            int j = 0;
            for (; j < count - 1; j += 2) {
                two(layout, w, words, blocks, x, tokens[j], tokens[j + 1], chunk, scales, sums, j * ROWS);
            }
            if (j < count) {
                one(layout, w, words, blocks, x, tokens[j], chunk, scales, sums, j * ROWS);
            }
            from += packing.chunkBytes(blocks);
        }
    }

    private static void one(
            Packable layout,
            MemorySegment w,
            long words,
            int blocks,
            Quantized x,
            int token,
            int chunk,
            ChunkScales scales,
            float[] sums,
            int to) {
        switch (layout.bits()) {
            case 4 -> FourBits.one(w, words, blocks, x, token, chunk, scales, sums, to);
            case 5 -> FiveBits.one(w, words, blocks, x, token, chunk, scales, sums, to);
            case 6 -> SixBits.one(w, words, 2 * blocks, x, token, chunk, scales, sums, to);
            default -> EightBits.one(w, words, blocks, x, token, chunk, scales, sums, to);
        }
    }

    private static void two(
            Packable layout,
            MemorySegment w,
            long words,
            int blocks,
            Quantized x,
            int a,
            int b,
            int chunk,
            ChunkScales scales,
            float[] sums,
            int to) {
        switch (layout.bits()) {
            case 4 -> FourBits.two(w, words, blocks, x, a, b, chunk, scales, sums, to);
            case 5 -> FiveBits.two(w, words, blocks, x, a, b, chunk, scales, sums, to);
            case 6 -> SixBits.two(w, words, 2 * blocks, x, a, b, chunk, scales, sums, to);
            default -> EightBits.two(w, words, blocks, x, a, b, chunk, scales, sums, to);
        }
    }
}
