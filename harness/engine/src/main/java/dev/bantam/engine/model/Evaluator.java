package dev.bantam.engine.model;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.arch.Architecture;
import dev.bantam.engine.arch.Batch;
import dev.bantam.engine.kernel.SequenceCache;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;

/** What the sequences of one model share: the architecture, which they use in turns, and the memory for caches. */
final class Evaluator {
    private final Architecture architecture;
    private final int largestBatch;
    private final String fingerprint;
    private final CacheBudget budget;
    private final Weights weights;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile boolean closed;

    /** The files that the weights are mapped from. */
    interface Weights {
        /** @throws ModelFileException when one was cut off since */
        void requireWhole() throws ModelFileException;
    }

    Evaluator(Architecture architecture, int largestBatch, String fingerprint, CacheBudget budget, Weights weights) {
        this.architecture = architecture;
        this.largestBatch = largestBatch;
        this.fingerprint = fingerprint;
        this.budget = budget;
        this.weights = weights;
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

    /**
     * Evaluates one batch; the caller has the turn.
     *
     * @throws UncheckedIOException when the model's file was cut off
     */
    void evaluate(Batch batch, SequenceCache cache) throws InterruptedException {
        requireOpen();
        requireWhole();
        cache.attention().reserve(batch.position() + batch.count());
        forward(batch, cache);
    }

    private void forward(Batch batch, SequenceCache cache) throws InterruptedException {
        try {
            architecture.forward(batch, cache);
        } catch (InternalError | IllegalStateException fault) {
            requireWhole(); // the Java platform reports a touch of what was cut off as an InternalError
            throw fault;
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

    /** Costs microseconds, and keeps a file that was overwritten between two batches from ending in a fault. */
    private void requireWhole() {
        try {
            weights.requireWhole();
        } catch (ModelFileException cutOff) {
            throw new UncheckedIOException(cutOff.getMessage(), cutOff);
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
