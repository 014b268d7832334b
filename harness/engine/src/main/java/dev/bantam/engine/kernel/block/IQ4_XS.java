package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.SHORT;
import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/**
 * Half float d, the upper two bits of eight six-bit scales s (16 bits), their low four bits (4 bytes), then 16 bytes for
 * each group of 32 weights as in {@link IQ4_NL}; a weight is d · (s - 32) · table[q].
 */
public final class IQ4_XS implements BlockLayout {
    @Override
    public int weights() {
        return 256;
    }

    @Override
    public int bytes() {
        return 136;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from);
        int upper = data.get(SHORT, from + 2);
        for (int group = 0; group < 8; group++) {
            int four = unsigned(data, from + 4 + group / 2) >> group % 2 * 4 & 15;
            float scale = d * ((four | (upper >> 2 * group & 3) << 4) - 32);
            int to = at + 32 * group;
            for (int j = 0; j < 16; j++) {
                int pair = unsigned(data, from + 8 + 16 * group + j);
                into[to + j] = scale * IQ4_NL.TABLE[pair & 15];
                into[to + j + 16] = scale * IQ4_NL.TABLE[pair >> 4];
            }
        }
    }
}
