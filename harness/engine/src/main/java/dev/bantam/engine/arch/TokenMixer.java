package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.kernel.SequenceCache;

/** The part of a layer in which a token sees those before it: attention or a recurrence. */
interface TokenMixer {
    /** x += mix(h) for {@code n} tokens from {@code position} on; h and x are (n, E). Reads and continues the cache. */
    void mix(float[] h, int position, int n, SequenceCache cache, float[] x);

    /** Reads that of one layer. */
    interface Reader {
        TokenMixer layer(Tensors tensors) throws ModelFileException;
    }
}
