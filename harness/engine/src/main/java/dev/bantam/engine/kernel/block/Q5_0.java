package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.INT;
import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/** Half float d, the fifth bits of 32 weights, then four bits each as in {@link Q4_0}; a weight is (q - 16) · d. */
public final class Q5_0 implements BlockLayout {
    @Override
    public int weights() {
        return 32;
    }

    @Override
    public int bytes() {
        return 22;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from);
        int fifth = data.get(INT, from + 2);
        for (int j = 0; j < 16; j++) {
            int pair = unsigned(data, from + 6 + j);
            into[at + j] = ((pair & 15 | (fifth >>> j & 1) << 4) - 16) * d;
            into[at + j + 16] = ((pair >> 4 | (fifth >>> j + 16 & 1) << 4) - 16) * d;
        }
    }
}
