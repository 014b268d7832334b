package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/** Half float d, 16 bytes: byte j holds q of weight j low and of weight j + 16 high; a weight is (q - 8) · d. */
public final class Q4_0 implements Packable {
    @Override
    public int weights() {
        return 32;
    }

    @Override
    public int bytes() {
        return 18;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from);
        for (int j = 0; j < 16; j++) {
            int pair = unsigned(data, from + 2 + j);
            into[at + j] = ((pair & 15) - 8) * d;
            into[at + j + 16] = ((pair >> 4) - 8) * d;
        }
    }

    @Override
    public int bits() {
        return 4;
    }

    @Override
    public Scales scales() {
        return Scales.HALF;
    }

    @Override
    public void codes(byte[] block, byte[] into, int at) {
        Codes.four(block, 2, 16, into, at, at + 16);
    }

    @Override
    public float scale(MemorySegment data, long from) {
        return half(data, from);
    }
}
