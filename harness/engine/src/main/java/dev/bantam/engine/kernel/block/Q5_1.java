package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.INT;
import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/** Half floats d and m, the fifth bits of 32 weights, then four bits each as in {@link Q4_0}; a weight is q · d + m. */
public final class Q5_1 implements Packable {
    @Override
    public int weights() {
        return 32;
    }

    @Override
    public int bytes() {
        return 24;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from);
        float m = half(data, from + 2);
        int fifth = data.get(INT, from + 4);
        for (int j = 0; j < 16; j++) {
            int pair = unsigned(data, from + 8 + j);
            into[at + j] = (pair & 15 | (fifth >>> j & 1) << 4) * d + m;
            into[at + j + 16] = (pair >> 4 | (fifth >>> j + 16 & 1) << 4) * d + m;
        }
    }

    @Override
    public int bits() {
        return 5;
    }

    @Override
    public Scales scales() {
        return Scales.FLOAT_AND_MINIMUM;
    }

    @Override
    public void codes(byte[] block, byte[] into, int at) {
        Codes.five(block, 4, 8, into, at);
    }

    @Override
    public float scale(MemorySegment data, long from) {
        return half(data, from);
    }

    @Override
    public float minimum(MemorySegment data, long from) {
        return half(data, from + 2);
    }
}
