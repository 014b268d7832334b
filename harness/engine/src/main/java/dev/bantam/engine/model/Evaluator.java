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

    CacheBudget budget() {
        return budget;
    }

    KvSequence newSequence(int capacity) throws CacheMemoryException {
        requireOpen();
        SequenceCache cache = budget.newCache(capacity);
        return new KvSequence(this, cache, History.of(cache, budget), capacity);
    }

    /** Waits until no other sequence evaluates; an interrupt ends that. */
    void awaitTurn() throws InterruptedException {
        turn.lockInterruptibly();
    }

    void endTurn() {
        turn.unlock();
    }

    /** Evaluates one batch; the caller has the turn. */
    void evaluate(Batch batch, SequenceCache cache) throws InterruptedException {
        requireOpen();
        cache.attention().reserve(batch.position() + batch.count());
        architecture.forward(batch, cache);
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

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
