package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/**
 * Half floats d and dmin, {@link SubScales}, 128 bytes: each 32 bytes hold a group of 32 weights low and the next group
 * high. With the scale s and the minimum m of its group, a weight is d · s · q - dmin · m.
 */
public final class Q4_K implements Packable {
    @Override
    public int weights() {
        return 256;
    }

    @Override
    public int bytes() {
        return 144;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from);
        float min = half(data, from + 2);
        for (int group = 0; group < 8; group++) {
            float scale = d * SubScales.scale(data, from + 4, group);
            float low = min * SubScales.minimum(data, from + 4, group);
            long q = from + 16 + group / 2 * 32;
            int shift = group % 2 * 4;
            for (int i = 0; i < 32; i++) {
                into[at + 32 * group + i] = scale * (unsigned(data, q + i) >> shift & 15) - low;
            }
        }
    }

    @Override
    public int bits() {
        return 4;
    }

    @Override
    public Scales scales() {
        return Scales.TWO;
    }

    @Override
    public void codes(byte[] block, byte[] into, int at) {
        for (int pair = 0; pair < 4; pair++) {
            Codes.four(block, 16 + 32 * pair, 32, into, at + 64 * pair, at + 64 * pair + 32);
        }
    }

    @Override
    public float scale(MemorySegment data, long from) {
        return half(data, from);
    }

    @Override
    public float minimum(MemorySegment data, long from) {
        return half(data, from + 2);
    }

    @Override
    public int groupScale(MemorySegment data, long from, int group) {
        return SubScales.scale(data, from + 4, group);
    }

    @Override
    public int groupMinimum(MemorySegment data, long from, int group) {
        return SubScales.minimum(data, from + 4, group);
    }
}
