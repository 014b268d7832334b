package dev.bantam.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that caches share. It lives until the last of them lets go. Each sharer that will surely write, and so need a block
 * of its own, pays for that in advance; whoever writes first uses the payment.
 */
final class KvBlock {
    private static final int PADDING = 64; // vectors of bytes may read past the last row

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private int sharers = 1;
    private int paid;

    KvBlock(long bytes) {
        memory = arena.allocate(bytes + PADDING, 64);
    }

    MemorySegment memory() {
        return memory;
    }

    boolean isShared() {
        return sharers > 1;
    }

    KvBlock share(boolean payAhead) {
        sharers++;
        paid += payAhead ? 1 : 0;
        return this;
    }

    /** How many blocks have to be paid for when a sharer leaves for one of its own: 1 or 0. */
    int costOfLeaving() {
        return isShared() && paid == 0 ? 1 : 0;
    }

    /** Leaves for a block of one's own. */
    void leave() {
        paid -= costOfLeaving() == 0 ? 1 : 0;
        sharers--;
    }

    /** Lets go for good; returns how many blocks' worth of memory and payments are free now. */
    int release() {
        sharers--;
        if (sharers == 0) {
            arena.close();
            return 1;
        }
        if (paid >= sharers) {
            paid--;
            return 1;
        }
        return 0;
    }
}
