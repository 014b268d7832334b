package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;

/**
 * A byte e, 16 bytes as in {@link Q4_0}, whose four bits are a float of one sign, two exponent and one fraction bits; a
 * weight is 2^(e - 127) times it. OCP Microscaling Formats (MX) Specification 1.0.
 */
public final class MXFP4 implements Packable {
    /** Twice the values, which makes them whole. */
    static final byte[] TWICE = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

    @Override
    public int weights() {
        return 32;
    }

    @Override
    public int bytes() {
        return 17;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = halfScale(unsigned(data, from));
        for (int j = 0; j < 16; j++) {
            int pair = unsigned(data, from + 1 + j);
            into[at + j] = TWICE[pair & 15] * d;
            into[at + j + 16] = TWICE[pair >> 4] * d;
        }
    }

    /** 2^(e - 128), which for small e is subnormal. */
    static float halfScale(int e) {
        return Math.scalb(1f, e - 128);
    }

    @Override
    public int bits() {
        return 5;
    }

    @Override
    public Scales scales() {
        return Scales.POWER;
    }

    @Override
    public void codes(byte[] block, byte[] into, int at) {
        for (int j = 0; j < 16; j++) {
            into[at + j] = (byte) (TWICE[block[1 + j] & 15] + 16);
            into[at + j + 16] = (byte) (TWICE[block[1 + j] >> 4 & 15] + 16);
        }
    }

    @Override
    public float scale(MemorySegment data, long from) {
        return halfScale(unsigned(data, from));
    }
}
