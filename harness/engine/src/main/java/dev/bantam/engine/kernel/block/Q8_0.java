package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Half float d, 32 signed bytes; a weight is d times its byte. The code q of a weight is its byte + 128. */
public final class Q8_0 implements Packable {
    @Override
    public int weights() {
        return 32;
    }

    @Override
    public int bytes() {
        return 34;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from);
        for (int i = 0; i < 32; i++) {
            into[at + i] = d * data.get(ValueLayout.JAVA_BYTE, from + 2 + i);
        }
    }

    @Override
    public int bits() {
        return 8;
    }

    @Override
    public Scales scales() {
        return Scales.HALF;
    }

    @Override
    public void codes(byte[] block, byte[] into, int at) {
        for (int i = 0; i < 32; i++) {
            into[at + i] = (byte) (block[2 + i] + 128);
        }
    }

    @Override
    public float scale(MemorySegment data, long from) {
        return half(data, from);
    }
}
