package dev.bantam.engine.kernel.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Takes codes out of a block's bytes, eight at a time in a long: each a byte of its own. */
final class Codes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONE = 0x01010101_01010101L;
    private static final long LOWER = 15 * ONE;

    private Codes() {}

    /** The lower four bits of {@code count} bytes from {@code from} on go to {@code low}, the upper four to {@code high}. */
    static void four(byte[] block, int from, int count, byte[] into, int low, int high) {
        for (int i = 0; i < count; i += 8) {
            long eight = (long) EIGHT.get(block, from + i);
            EIGHT.set(into, low + i, eight & LOWER);
            EIGHT.set(into, high + i, eight >>> 4 & LOWER);
        }
    }

    /** 32 codes of five bits: 16 bytes of lower bits, as above, and their fifth bits in the four bytes at {@code fifth}. */
    static void five(byte[] block, int fifth, int from, byte[] into, int at) {
        for (int i = 0; i < 16; i += 8) {
            long eight = (long) EIGHT.get(block, from + i);
            long low = Long.expand(block[fifth + i / 8], ONE) << 4;
            long high = Long.expand(block[fifth + 2 + i / 8], ONE) << 4;
            EIGHT.set(into, at + i, eight & LOWER | low);
            EIGHT.set(into, at + 16 + i, eight >>> 4 & LOWER | high);
        }
    }

    /** {@code count} codes get, above {@code bits} bits, bits {@code shift ..} of the bytes from {@code from} on. */
    static void more(byte[] block, int from, int count, int shift, int bits, int more, byte[] into, int at) {
        long mask = ((1L << more) - 1) * ONE;
        for (int i = 0; i < count; i += 8) {
            long upper = (long) EIGHT.get(block, from + i) >>> shift & mask;
            EIGHT.set(into, at + i, (long) EIGHT.get(into, at + i) | upper << bits);
        }
    }
}
