package dev.bantam.engine.model;

import dev.bantam.engine.kernel.SequenceCache;
import java.util.List;

/** Which of a sequence's tokens need not be evaluated again, and how to come back to an earlier length. */
sealed interface History permits AttentionHistory, RecurrentHistory {
    static History of(SequenceCache cache, CacheBudget budget) {
        return cache.recurrent().shape().bytes() == 0
                ? AttentionHistory.ALL
                : new RecurrentHistory(cache.recurrent(), budget);
    }

    /** From which position evaluation has to go on when the first {@code length} tokens are kept. */
    int reusable(int length);

    /** Brings the state to that position and returns it. */
    int resume(int length);

    /** Marks the sequence when it comes to {@code position}, or now when it is there. */
    void mark(int position);

    /** The next position to be marked after {@code position}, where a batch has to end. */
    int nextMark(int position);

    /** Prepares for a batch; true when the batch may be given up in the middle at little cost. */
    boolean begin(int position, int count);

    /** A batch has ended at {@code position}. */
    void evaluated(int position);

    /** A batch was given up. */
    void abandoned();

    /** Forgets all that lies beyond {@code length}. */
    void rewind(int length);

    /** The history of a fork, whose state is a copy. */
    History fork(SequenceCache copy);

    /** Marks that are worth saving, ascending. */
    List<Checkpoint> lasting();

    /** Takes over saved marks, which become its own. */
    void restore(List<Checkpoint> saved);

    void close();
}
