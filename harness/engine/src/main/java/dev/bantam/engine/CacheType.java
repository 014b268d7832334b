package dev.bantam.engine;

/** How keys and values of a sequence's tokens are stored. Smaller ones take less memory, and less time in long contexts. */
public enum CacheType {
    /** Floats, as computed: four bytes an element. */
    F32,
    /** Half floats: two bytes an element. */
    F16,
    /** Bytes with a half-float scale for every 32 of them; needs heads whose width is a multiple of 32. */
    Q8_0
}
