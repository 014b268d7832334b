package dev.bantam.engine.model;

import dev.bantam.engine.kernel.RecurrentState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A copy of a recurrent state, outside the heap; never changed, so forks share it. Holders are counted under the lock of the
 * {@link CacheBudget}.
 */
final class Checkpoint {
    private final int position;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private int holders = 1;
    private int pooled; // how many of them hold it at the pool's expense

    /** Makes an empty one of the state after {@code position} tokens. */
    Checkpoint(int position, RecurrentState.Shape shape) {
        this.position = position;
        memory = arena.allocate(shape.bytes(), 64);
    }

    static Checkpoint of(int position, RecurrentState state) {
        Checkpoint copy = new Checkpoint(position, state.shape());
        state.copyTo(copy.memory);
        return copy;
    }

    /** How many tokens the state has seen. */
    int position() {
        return position;
    }

    MemorySegment memory() {
        return memory;
    }

    void share() {
        holders++;
    }

    void release() {
        if (--holders == 0) {
            arena.close();
        }
    }

    /** Whether this is the first holder that holds it at the pool's expense. */
    boolean enterPool() {
        return pooled++ == 0;
    }

    /** Whether this was the last one. */
    boolean leavePool() {
        return --pooled == 0;
    }

    boolean isPooled() {
        return pooled > 0;
    }
}
