package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/**
 * The twelve bytes of {@link Q4_K} and {@link Q5_K} with a six-bit scale and a six-bit minimum for each of eight groups of
 * 32 weights. Bytes 0..3 have the first four scales, bytes 4..7 the first four minima, bytes 8..11 the low four bits of
 * the other scales (low) and minima (high), whose upper two bits lie above those of the first ones.
 */
final class SubScales {
    private SubScales() {}

    static int scale(MemorySegment data, long at, int group) {
        return group < 4
                ? unsigned(data, at + group) & 63
                : unsigned(data, at + group + 4) & 15 | unsigned(data, at + group - 4) >> 6 << 4;
    }

    static int minimum(MemorySegment data, long at, int group) {
        return group < 4
                ? unsigned(data, at + group + 4) & 63
                : unsigned(data, at + group + 4) >> 4 | unsigned(data, at + group) >> 6 << 4;
    }
}
