package dev.bantam.engine.kernel.block;

import static dev.bantam.engine.kernel.block.BlockLayout.half;
import static dev.bantam.engine.kernel.block.BlockLayout.unsigned;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * 128 bytes of low four bits, 64 bytes of upper two bits, sixteen signed bytes of scales s, half float d. Each half of 128
 * weights has 64 and 32 bytes: its groups of 32 weights lie in bytes 0..31 low, 32..63 low, 0..31 high, 32..63 high, and
 * in bits 0, 2, 4, 6 of the upper bits. A weight is d · s · (q - 32); sixteen weights share s.
 */
public final class Q6_K implements Packable {
    @Override
    public int weights() {
        return 256;
    }

    @Override
    public int bytes() {
        return 210;
    }

    @Override
    public void unpack(MemorySegment data, long from, float[] into, int at) {
        float d = half(data, from + 208);
        for (int group = 0; group < 16; group++) {
            float scale = d * data.get(ValueLayout.JAVA_BYTE, from + 192 + group);
            int quarter = group % 8 / 2; // of the half
            long low = from + group / 8 * 64 + quarter % 2 * 32 + group % 2 * 16;
            long high = from + 128 + group / 8 * 32 + group % 2 * 16;
            for (int i = 0; i < 16; i++) {
                int four = unsigned(data, low + i) >> quarter / 2 * 4 & 15;
                int two = unsigned(data, high + i) >> quarter * 2 & 3;
                into[at + 16 * group + i] = scale * ((four | two << 4) - 32);
            }
        }
    }

    @Override
    public int bits() {
        return 6;
    }

    @Override
    public Scales scales() {
        return Scales.SIGNED;
    }

    @Override
    public void codes(byte[] block, byte[] into, int at) {
        for (int half = 0; half < 2; half++) {
            int to = at + 128 * half;
            Codes.four(block, 64 * half, 64, into, to, to + 64);
            for (int quarter = 0; quarter < 4; quarter++) {
                Codes.more(block, 128 + 32 * half, 32, 2 * quarter, 4, 2, into, to + 32 * quarter);
            }
        }
    }

    @Override
    public float scale(MemorySegment data, long from) {
        return half(data, from + 208);
    }

    @Override
    public int groupScale(MemorySegment data, long from, int group) {
        return data.get(ValueLayout.JAVA_BYTE, from + 192 + group);
    }
}
