package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/**
 * Half floats d and dmin, {@link SubScales}, 32 bytes of fifth bits (bit g of byte i is that of weight i of group g), 128
 * bytes as in {@link Q4_K}; a weight is d · s · q - dmin · m.
 */
public final class Q5_K implements Packable {
    @Override
    public int weights() {
        return 256;
    }

    @Override
    public int bytes() {
        return 176;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from);
        float min = half(data, from + 2);
        for (int group = 0; group < 8; group++) {
            float scale = d * SubScales.scale(data, from + 4, group);
            float low = min * SubScales.minimum(data, from + 4, group);
            long q = from + 48 + group / 2 * 32;
            int shift = group % 2 * 4;
            for (int i = 0; i < 32; i++) {
                int fifth = unsigned(data, from + 16 + i) >> group & 1;
                into[at + 32 * group + i] = scale * (unsigned(data, q + i) >> shift & 15 | fifth << 4) - low;
            }
        }
    }

    @Override
    public int bits() {
        return 5;
    }

    @Override
    public Scales scales() {
        return Scales.TWO;
    }

    @Override
    public void codes(byte[] block, byte[] into, int at) {
        for (int group = 0; group < 8; group += 2) {
            int to = at + 32 * group;
            Codes.four(block, 48 + 16 * group, 32, into, to, to + 32);
            Codes.more(block, 16, 32, group, 4, 1, into, to);
            Codes.more(block, 16, 32, group + 1, 4, 1, into, to + 32);
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
