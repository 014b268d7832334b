package dev.bantam.engine.arch;

import dev.bantam.engine.ModelFileException;

/** The part of a layer that works on every token by itself. */
interface FeedForward {
    /** x += feed(h) for {@code n} tokens; h and x are (n, E). */
    void feed(float[] h, int n, float[] x);

    /** Reads that of one layer. */
    interface Reader {
        FeedForward layer(Tensors tensors) throws ModelFileException;
    }
}
