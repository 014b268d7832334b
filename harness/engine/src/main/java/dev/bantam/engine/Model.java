package dev.bantam.engine;

import java.util.Map;
import java.util.Optional;

/**
 * An open model. Safe for many threads: sequences of one model may be used from different threads, and take turns batch
 * by batch.
 */
public interface Model extends AutoCloseable {
    ModelFacts facts();

    Tokenizer tokenizer();

    /** The file's chat template, in Jinja, as it stands there. */
    Optional<String> chatTemplate();

    /** The file's key-value section, read only: strings, numbers, booleans, and lists of these. */
    Map<String, Object> metadata();

    /**
     * Makes an empty sequence with room for {@code contextTokens} tokens. The memory is counted now and taken as the
     * sequence grows.
     *
     * @throws CacheMemoryException when so many tokens do not fit into the memory that is left
     * @throws IllegalArgumentException when the model was not trained for so many tokens
     */
    Sequence newSequence(int contextTokens) throws CacheMemoryException;

    /** Closes the model after the batch that is being evaluated. Sequences that are left can only be closed. */
    @Override
    void close();
}
