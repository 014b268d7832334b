package dev.bantam.engine;

/** How products with quantised weights are computed. */
public enum Precision {
    /**
     * Activations are rounded to bytes, 32 of them to a scale, for weights of four, five, six or eight bits: several times faster. The
     * error is of the size that llama.cpp's has, which does the same.
     */
    FAST,
    /** Everything in floats: what the proofs against reference logits need. */
    EXACT
}
