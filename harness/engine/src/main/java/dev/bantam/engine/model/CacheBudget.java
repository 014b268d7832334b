package dev.bantam.engine.model;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.SequenceCache;
import java.lang.management.ManagementFactory;

/**
 * Counts the memory that the sequences of one model may come to take, before they take it: for each the blocks that it has
 * room for but does not hold yet, and every block that is held, shared ones once. Its lock guards all sharing. Safe for many
 * threads.
 */
public final class CacheBudget {
    /** Copies of the recurrent state that each sequence may need: at work, before a batch, its first mark, its latest. */
    static final int STATES = 4;

    private final SequenceCache.Shape shape;
    private final long limit;
    private final long poolLimit;
    private long taken;
    private long pooled;

    /**
     * @param limit bytes for all that sequences need
     * @param poolLimit bytes for the marks between the first and the latest of each sequence
     */
    CacheBudget(SequenceCache.Shape shape, long limit, long poolLimit) {
        this.shape = shape;
        this.limit = limit;
        this.poolLimit = poolLimit;
    }

    static CacheBudget of(SequenceCache.Shape shape, EngineOptions options, long weightBytes) {
        long limit = options.cacheBytes() > 0 ? options.cacheBytes() : machineLimit(weightBytes);
        if (shape.recurrent().bytes() == 0 || options.checkpointBytes() > 0) {
            return new CacheBudget(shape, limit, options.checkpointBytes());
        }
        return new CacheBudget(shape, limit - limit / 8, limit / 8);
    }

    /**
     * Three quarters of the machine's (or container's) memory, less the weights, which should stay in memory too; a
     * quarter when they take more than that, since a file can be read from disk again and again, however slowly.
     */
    public static long machineLimit(long weightBytes) {
        long quarter = machineBytes() / 4;
        return Math.max(quarter, 3 * quarter - weightBytes);
    }

    /**
     * The memory for packed copies of weights: for all of them, if they take no more than five eighths of the machine's
     * memory; else none. What was packed is not read from the model file again, whose pages the system can then drop, so the
     * file does not count on top.
     */
    static long packed(long packableBytes) {
        long usual = packableBytes + packableBytes / 16; // Q4_K grows by 6 %
        long most = packableBytes + packableBytes / 4; // MXFP4 by 24 %
        long limit = machineBytes() / 8 * 5;
        return usual <= limit ? Math.min(most, limit) : 0;
    }

    static long machineBytes() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    static long bytesPerSequence(SequenceCache.Shape shape) {
        return STATES * shape.recurrent().bytes();
    }

    synchronized SequenceCache newCache(int capacity) throws CacheMemoryException {
        take(capacity, 0);
        return new SequenceCache(shape);
    }

    /** Shares what is full; the capacity beyond is taken. */
    synchronized SequenceCache fork(SequenceCache cache, int length, int capacity) throws CacheMemoryException {
        take(capacity, length / KvCache.BLOCK);
        return cache.share(length);
    }

    private void take(int capacity, int shared) throws CacheMemoryException {
        long blocks = KvCache.Shape.blocks(capacity) - shared;
        long bytes = blocks * shape.attention().bytesPerBlock() + bytesPerSequence(shape);
        if (bytes > limit - taken) {
            throw new CacheMemoryException(
                    capacity, shape.bytesPerToken(), bytesPerSequence(shape), bytes, limit - taken, fitting(shared));
        }
        taken += bytes;
    }

    private long fitting(int shared) {
        long left = limit - taken - bytesPerSequence(shape);
        return left < 0 ? 0 : (left / shape.attention().bytesPerBlock() + shared) * KvCache.BLOCK;
    }

    /**
     * Makes the positions from {@code from} on writable, and keeps those before {@code length}.
     *
     * @throws CacheMemoryException when the blocks shared with forks cannot be copied; nothing is changed
     */
    synchronized void detach(KvCache cache, int from, int length) throws CacheMemoryException {
        long bytes = cache.costOfDetaching(from) * shape.attention().bytesPerBlock();
        if (bytes > limit - taken) {
            int tokens = cache.costOfDetaching(from) * KvCache.BLOCK;
            throw new CacheMemoryException(
                    tokens,
                    shape.bytesPerToken(),
                    0,
                    bytes,
                    limit - taken,
                    Math.max(0, limit - taken) / bytes * tokens);
        }
        taken += bytes;
        cache.detach(from, length);
    }

    synchronized void trim(KvCache cache, int length) {
        cache.trim(length);
    }

    /** Closes the cache of a sequence that has room for {@code capacity} tokens. */
    synchronized void giveBack(SequenceCache cache, int capacity) {
        int blocks = KvCache.Shape.blocks(capacity) - cache.attention().held();
        blocks += cache.attention().release();
        taken -= blocks * shape.attention().bytesPerBlock() + bytesPerSequence(shape);
        cache.close();
    }

    /** Holds a checkpoint at the pool's expense; false when the pool is too small. */
    synchronized boolean pool(Checkpoint checkpoint) {
        if (!checkpoint.isPooled() && shape.recurrent().bytes() > poolLimit - pooled) {
            return false;
        }
        if (checkpoint.enterPool()) {
            pooled += shape.recurrent().bytes();
        }
        return true;
    }

    synchronized void unpool(Checkpoint checkpoint) {
        if (checkpoint.leavePool()) {
            pooled -= shape.recurrent().bytes();
        }
    }

    synchronized void share(Checkpoint checkpoint) {
        checkpoint.share();
    }

    synchronized void release(Checkpoint checkpoint) {
        checkpoint.release();
    }

    /** Bytes that are spoken for. */
    synchronized long taken() {
        return taken + pooled;
    }
}
