package dev.bantam.engine.kernel.packed;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The memory that packed copies of a model's weights may take, counted before it is taken. Safe for many threads. */
public final class PackMemory {
    private final Arena arena;
    private long left;

    /** @param arena gives the memory back when it is closed */
    public PackMemory(Arena arena, long bytes) {
        this.arena = arena;
        left = bytes;
    }

    /** Zeroed memory, or null when there is no room. */
    synchronized MemorySegment take(long bytes) {
        if (bytes > left) {
            return null;
        }
        left -= bytes;
        return arena.allocate(bytes, 64);
    }
}
