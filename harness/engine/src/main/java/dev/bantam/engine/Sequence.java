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
     * Evaluates {@code tokens} after those that are held, in batches. No tokens change nothing.
     *
     * <p>Interrupting the thread or {@link #cancel} ends it within a fraction of a batch: the sequence then holds the
     * tokens of the batches that were finished, has no logits, and can be used further.
     *
     * @throws InterruptedException when ended so; the thread's interrupt flag is cleared
     * @throws IllegalArgumentException when there is no room or a token is not in the vocabulary; nothing is changed
     * @throws ArithmeticException when all rows are asked for and they are more than an array can hold
     */
    void append(int[] tokens, Rows rows, Progress progress) throws InterruptedException;

    /**
     * Copies logits of the latest append.
     *
     * @param row see {@link Rows}
     * @param into the vocabulary's size
     * @throws IllegalStateException when the latest append asked for fewer rows, or the sequence was rewound since
     */
    void logits(int row, float[] into);

    /** Remembers the present length as one to come back to; engines that cannot cut back at will keep a checkpoint. */
    Mark mark();

    /** Forgets the tokens from {@code length} on. What remains is exactly as if they had never been appended. */
    void rewind(int length);

    /** Makes an independent copy, logits included. */
    Sequence fork() throws CacheMemoryException;

    /** Writes the tokens and the cache to a file, which appears complete or not at all. */
    void save(Path file) throws IOException;

    /**
     * Replaces the content by that of a file. There are no logits afterwards: rewind by a token and append it again.
     *
     * @throws SequenceFileException when the file is damaged, too long, or comes from another model or engine build;
     *     nothing is changed
     */
    void restore(Path file) throws IOException;

    /** Ends an append that is running, from another thread. Does nothing when none is. */
    void cancel();

    /** Gives the memory back. */
    @Override
    void close();
}
