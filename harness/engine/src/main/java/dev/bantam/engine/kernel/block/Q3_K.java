package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/**
 * Thirty-two bytes of third bits, 64 bytes of two-bit q as in {@link Q2_K}, sixteen six-bit scales s, half float d. Bit k
 * of byte l of the third bits belongs to weight 32 k + l and counts 4; a weight is d · (s - 32) · (q - 4).
 */
public final class Q3_K implements BlockLayout {
    @Override
    public int weights() {
        return 256;
    }

    @Override
    public int bytes() {
        return 110;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from + 108);
        for (int group = 0; group < 16; group++) {
            float scale = d * (scale(data, from + 96, group) - 32);
            long q = from + 32 + group / 8 * 32 + group % 2 * 16;
            long third = from + group % 2 * 16;
            int shift = group % 8 / 2 * 2;
            for (int i = 0; i < 16; i++) {
                int low = unsigned(data, q + i) >> shift & 3;
                int high = unsigned(data, third + i) >> group / 2 & 1;
                into[at + 16 * group + i] = scale * ((low | high << 2) - 4);
            }
        }
    }

    /** Eight bytes hold the low four bits (the first eight scales' low), four bytes the high two. */
    private static int scale(MemorySegment data, long scales, int group) {
        int low = unsigned(data, scales + group % 8) >> group / 8 * 4 & 15;
        int high = unsigned(data, scales + 8 + group % 4) >> group / 4 * 2 & 3;
        return low | high << 4;
    }
}
