package dev.bantam.engine.model;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.arch.Architecture;
import dev.bantam.engine.arch.Batch;
import dev.bantam.engine.kernel.SequenceCache;
import java.util.concurrent.locks.ReentrantLock;

/** What the sequences of one model share: the architecture, which they use in turns, and the memory for caches. */
final class Evaluator {
    private final Architecture architecture;
    private final int largestBatch;
    private final String fingerprint;
    private final CacheBudget budget;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile boolean closed;

    Evaluator(Architecture architecture, int largestBatch, String fingerprint, CacheBudget budget) {
        this.architecture = architecture;
        this.largestBatch = largestBatch;
        this.fingerprint = fingerprint;
        this.budget = budget;
    }

    int largestBatch() {
        return largestBatch;
    }

    int vocabularySize() {
        return architecture.vocabularySize();
    }

    String fingerprint() {
        return fingerprint;
    }

    KvSequence newSequence(int capacity) throws CacheMemoryException {
        requireOpen();
        budget.take(architecture.cacheShape().attention(), capacity);
        return new KvSequence(this, new SequenceCache(architecture.cacheShape()), capacity);
    }

    void giveBack(SequenceCache cache, int capacity) {
        budget.giveBack(cache.attention().shape(), capacity);
        cache.close();
    }

    /** Waits for its turn, which an interrupt ends, and evaluates one batch. */
    void evaluate(Batch batch, SequenceCache cache) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            requireOpen();
            cache.attention().reserve(batch.position() + batch.count());
            architecture.forward(batch, cache);
        } finally {
            turn.unlock();
        }
    }

    /** Waits for the batch in progress and lets no other begin; false when closed already. */
    boolean close() {
        turn.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            turn.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
