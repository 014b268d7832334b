package dev.bantam.engine;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Tokens and what the model has computed for them (its KV cache). Knows nothing of sampling, grammars or chats; these live
 * above, once for every engine.
 *
 * <p>One thread at a time, with two exceptions: {@link #cancel} comes from another thread, and sequences of one model may
 * be used at the same time. The thread may be virtual.
 */
public interface Sequence extends AutoCloseable {
    /** How many tokens it holds. */
    int length();

    /** How many tokens it has room for. */
    int capacity();

    /** A copy of the tokens. */
    int[] tokens();

    int token(int index);

    /**
     * How many tokens would not be evaluated again if the sequence were rewound to {@code length} and then appended to:
     * {@code length} itself when every layer attends; with recurrent layers that of the nearest mark at or before it.
     */
    int reusable(int length);

    /**
     * Evaluates {@code tokens} after those that are held, in batches, and marks the lengths {@code marks} when it comes by.
     * No tokens change nothing.
     *
     * <p>After a rewind of a recurrent model it first evaluates again the tokens from {@link #reusable} on: progress counts
     * them, rows of logits do not. Drafted tokens are appended with {@link Rows#ALL} and the rejected ones rewound; that
     * evaluates no more than the accepted ones again as long as the draft was one batch, and needs no mark.
     *
     * <p>Interrupting the thread or {@link #cancel} ends it within a fraction of a batch: the sequence then holds the
     * tokens of the batches that were finished, has no logits, and can be used further.
     *
     * @param marks lengths up to that in the end, in any order; those of which the state is past are left out
     * @throws InterruptedException when ended so; the thread's interrupt flag is cleared
     * @throws IllegalArgumentException when there is no room or a token is not in the vocabulary; nothing is changed
     * @throws IllegalStateException when it would write what forks share and the memory for a copy is lacking; nothing is
     *     changed
     * @throws ArithmeticException when all rows are asked for and they are more than an array can hold
     */
    void append(int[] tokens, int[] marks, Rows rows, Progress progress) throws InterruptedException;

    /** Appends without marks. */
    default void append(int[] tokens, Rows rows, Progress progress) throws InterruptedException {
        append(tokens, new int[0], rows, progress);
    }

    /**
     * Copies logits of the latest append.
     *
     * @param row see {@link Rows}
     * @param into the vocabulary's size
     * @throws IllegalStateException when the latest append asked for fewer rows, or the sequence was rewound since
     */
    void logits(int row, float[] into);

    /**
     * Makes the present length one to come back to at no cost. Recurrent models keep a copy of their state for it, as long
     * as there is memory: the first and the latest always, of the others the most useful ones. For others it does nothing.
     */
    Mark mark();

    /**
     * Forgets the tokens from {@code length} on, and the marks beyond. What remains is exactly as if they had never been
     * appended.
     */
    void rewind(int length);

    /**
     * Makes an independent copy, logits and marks included. Both share memory for the tokens that they have in common, which
     * is counted once, until one of them writes there.
     *
     * @throws CacheMemoryException when the rest of its capacity does not fit into the memory that is left
     */
    Sequence fork() throws CacheMemoryException;

    /**
     * Marks the present length and writes the tokens, the cache, the first and the latest mark, and the logits of the last
     * row to a file, which appears complete or not at all.
     */
    void save(Path file) throws IOException;

    /**
     * Replaces the content by that of a file. Row 0 of the logits is then the last row at the time of saving; there are none
     * if there were none.
     *
     * @throws SequenceFileException when the file is damaged, too long, or comes from another model, engine build or type
     *     of cache; nothing is changed
     * @throws IllegalStateException as {@link #append}
     */
    void restore(Path file) throws IOException;

    /** Ends an append that is running, from another thread. Does nothing when none is. */
    void cancel();

    /** Gives the memory back. */
    @Override
    void close();
}
