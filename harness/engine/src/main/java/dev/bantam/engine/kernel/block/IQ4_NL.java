package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/** Half float d, 16 bytes as in {@link Q4_0}, whose four bits choose from a table; a weight is table[q] · d. */
public final class IQ4_NL implements BlockLayout {
    static final byte[] TABLE = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

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
            into[at + j] = TABLE[pair & 15] * d;
            into[at + j + 16] = TABLE[pair >> 4] * d;
        }
    }
}
