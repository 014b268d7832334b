package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/** Half floats d and m, 16 bytes: byte j holds q of weight j low and of weight j + 16 high; a weight is q · d + m. */
public final class Q4_1 implements Packable {
    @Override
    public int weights() {
        return 32;
    }

    @Override
    public int bytes() {
        return 20;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from);
        float m = half(data, from + 2);
        for (int j = 0; j < 16; j++) {
            int pair = unsigned(data, from + 4 + j);
            into[at + j] = (pair & 15) * d + m;
            into[at + j + 16] = (pair >> 4) * d + m;
        }
    }

    @Override
    public int bits() {
        return 4;
    }

    @Override
    public Scales scales() {
        return Scales.FLOAT_AND_MINIMUM;
    }

    @Override
    public void codes(byte[] block, byte[] into, int at) {
        Codes.four(block, 4, 16, into, at, at + 16);
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
