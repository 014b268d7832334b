package dev.bantam.engine.kernel.block;

import java.lang.foreign.MemorySegment;

/**
 * A layout whose weights are whole numbers q of four, five, six or eight bits with a scale, so that products can be summed in integers:
 * a weight is scale · (q - centre) + minimum, the centre being half of q's range.
 */
public interface Packable extends BlockLayout {
    /** Bits of q: 4, 5, 6 or 8. */
    int bits();

    /** How the scales are kept beside packed weights. */
    Scales scales();

    /** Writes q of every weight of the block that is all of {@code block}. */
    void codes(byte[] block, byte[] into, int at);

    /** How exactly scales are given. A group is 32 weights, with six bits 16. */
    enum Scales {
        /** A half float a block, no minimum: {@link #scale} is one. */
        HALF,
        /** A power of two a block. */
        POWER,
        /** A float a block. */
        FLOAT,
        /** A float and a float minimum a block. */
        FLOAT_AND_MINIMUM,
        /** A float a block times a signed byte a group. */
        SIGNED,
        /** Two floats a block times an unsigned byte each a group: scale and minimum. */
        TWO
    }

    /** The scale of the block. */
    float scale(MemorySegment data, long from);

    /** What is added to scale · q, as the block tells it: subtracted with {@link Scales#TWO}. */
    default float minimum(MemorySegment data, long from) {
        return 0;
    }

    /** The factor of a group's scale. */
    default int groupScale(MemorySegment data, long from, int group) {
        return 1;
    }

    /** The factor of a group's minimum. */
    default int groupMinimum(MemorySegment data, long from, int group) {
        return 1;
    }
}
