package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/**
 * Sixteen bytes of scales (four bits) and minima (four bits), 64 bytes of two-bit q, half floats d and dmin. Each half of
 * 128 weights has 32 bytes: byte l holds weights l, l + 32, l + 64 and l + 96, lowest first. Sixteen weights share a scale
 * s and a minimum m; a weight is d · s · q - dmin · m.
 */
public final class Q2_K implements BlockLayout {
    @Override
    public int weights() {
        return 256;
    }

    @Override
    public int bytes() {
        return 84;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from + 80);
        float min = half(data, from + 82);
        for (int group = 0; group < 16; group++) {
            int scales = unsigned(data, from + group);
            float scale = d * (scales & 15);
            float low = min * (scales >> 4);
            long q = from + 16 + group / 8 * 32 + group % 2 * 16;
            int shift = group % 8 / 2 * 2;
            for (int i = 0; i < 16; i++) {
                into[at + 16 * group + i] = scale * (unsigned(data, q + i) >> shift & 3) - low;
            }
        }
    }
}
