package dev.bantam.engine.kernel.packed;

import static dev.bantam.engine.kernel.packed.Lanes.CHUNK;
import static dev.bantam.engine.kernel.packed.Lanes.ROWS;

import dev.bantam.engine.kernel.block.Packable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a group of rows is packed: chunks of up to 256 columns, each with its scales ({@link ChunkScales}) and then words of
 * 32 bits, one row beside the other. What a word has, {@link FourBits}, {@link FiveBits}, {@link SixBits} and
 * {@link EightBits} say. Rows past the last are left as they are.
 *
 * @param data the weights as the file has them
 */
record Packing(Packable layout, MemorySegment data, int rows, int columns) {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The lower four bits of every other byte. */
    private static final long LOWER = 0x000f_000f_000f_000fL;

    int groups() {
        return Math.ceilDiv(rows, ROWS);
    }

    int chunks() {
        return Math.ceilDiv(columns / 32, CHUNK);
    }

    /** Blocks of 32 columns of a chunk. */
    int blocks(int chunk) {
        return Math.min(CHUNK, columns / 32 - chunk * CHUNK);
    }

    /** Bytes of the words of a chunk. */
    long chunkBytes(int blocks) {
        return ChunkScales.bytes(layout, blocks) + (long) blocks * ROWS * layout.bits() * 4;
    }

    long groupBytes() {
        int whole = columns / 32 / CHUNK;
        int rest = columns / 32 % CHUNK;
        return whole * chunkBytes(CHUNK) + (rest > 0 ? chunkBytes(rest) : 0);
    }

    /** Writes a group to {@code into} from {@code at} on. */
    void pack(int group, MemorySegment into, long at, Scratch scratch) {
        for (int chunk = 0; chunk < chunks(); chunk++) {
            int blocks = blocks(chunk);
            long words = at + ChunkScales.bytes(layout, blocks);
            for (int r = 0; r < ROWS; r++) {
                int row = group * ROWS + r;
                if (row < rows) {
                    pack(row, r, chunk, blocks, into, at, words, scratch);
                }
            }
            at += chunkBytes(blocks);
        }
    }

    private void pack(int row, int r, int chunk, int blocks, MemorySegment into, long at, long words, Scratch scratch) {
        int per = layout.weights() / 32;
        long from = ((long) row * (columns / 32) + (long) chunk * CHUNK) / per * layout.bytes();
        byte[] codes = scratch.codes(blocks * 32);
        byte[] block = scratch.block(layout.bytes());
        for (int b = 0; b < blocks; b += per) {
            long source = from + (long) (b / per) * layout.bytes();
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, source, block, 0, block.length);
            layout.codes(block, codes, 32 * b);
            scales(source, r, b, blocks, into, at);
        }
        switch (layout.bits()) {
            case 4 -> four(codes, r, blocks, into, words);
            case 5 -> five(codes, r, blocks, into, words);
            case 6 -> six(codes, r, blocks, into, words);
            default -> eight(codes, r, blocks, into, words);
        }
    }

    private static void four(byte[] codes, int r, int blocks, MemorySegment into, long at) {
        for (int word = 0; word < 4 * blocks; word++) {
            long eight = (long) EIGHT.get(codes, 8 * word);
            int bits = (int) (Long.compress(eight, LOWER) | Long.compress(eight >>> 8, LOWER) << 16);
            into.set(INT, at + 4L * (word * ROWS + r), bits);
        }
    }

    private static void five(byte[] codes, int r, int blocks, MemorySegment into, long at) {
        for (int block = 0; block < blocks; block++) {
            int last = 32 * block + 30;
            for (int word = 0; word < 5; word++) {
                int c = 32 * block + 6 * word;
                int lower = codes[c] | codes[c + 2] << 5 | codes[c + 4] << 10 | (codes[last] >> word & 1) << 15;
                int upper = codes[c + 1] | codes[c + 3] << 5 | codes[c + 5] << 10 | (codes[last + 1] >> word & 1) << 15;
                into.set(INT, at + 4L * ((5 * block + word) * ROWS + r), lower | upper << 16);
            }
        }
    }

    private static void eight(byte[] codes, int r, int blocks, MemorySegment into, long at) {
        for (int word = 0; word < 8 * blocks; word++) {
            into.set(INT, at + 4L * (word * ROWS + r), (int) FOUR.get(codes, 4 * word));
        }
    }

    private static void six(byte[] codes, int r, int blocks, MemorySegment into, long at) {
        for (int unit = 0; unit < 2 * blocks; unit++) {
            int first = 0;
            int second = 0;
            int third = 0;
            for (int half = 0; half < 2; half++) {
                int c = 16 * unit + half;
                int q6 = codes[c + 12];
                int q7 = codes[c + 14];
                first |= (codes[c] | codes[c + 2] << 6 | q6 << 12 & 0xf000) << 16 * half;
                second |= (codes[c + 4] | codes[c + 6] << 6 | q7 << 12 & 0xf000) << 16 * half;
                third |= (codes[c + 8] | codes[c + 10] << 6 | (q6 >> 4 | q7 >> 4 << 2) << 12) << 16 * half;
            }
            into.set(INT, at + 4L * (3 * unit * ROWS + r), first);
            into.set(INT, at + 4L * ((3 * unit + 1) * ROWS + r), second);
            into.set(INT, at + 4L * ((3 * unit + 2) * ROWS + r), third);
        }
    }

    private void scales(long source, int r, int b, int blocks, MemorySegment into, long at) {
        switch (layout.scales()) {
            case HALF -> into.set(SHORT, at + 2L * (b * ROWS + r), Float.floatToFloat16(layout.scale(data, source)));
            case POWER -> {
                byte exponent = (byte) (Float.floatToRawIntBits(layout.scale(data, source)) >>> 23);
                into.set(ValueLayout.JAVA_BYTE, at + (long) b * ROWS + r, exponent);
            }
            case FLOAT -> into.set(FLOAT, at + 4L * (b * ROWS + r), layout.scale(data, source));
            case FLOAT_AND_MINIMUM -> {
                into.set(FLOAT, at + 4L * (b * ROWS + r), layout.scale(data, source));
                into.set(FLOAT, at + 4L * ((blocks + b) * ROWS + r), layout.minimum(data, source));
            }
            case SIGNED -> {
                into.set(FLOAT, at + 4L * r, layout.scale(data, source));
                for (int unit = 0; unit < 2 * blocks; unit++) {
                    byte scale = (byte) layout.groupScale(data, source, unit);
                    into.set(ValueLayout.JAVA_BYTE, at + 4L * ROWS + (long) unit * ROWS + r, scale);
                }
            }
            case TWO -> {
                into.set(FLOAT, at + 4L * r, layout.scale(data, source));
                into.set(FLOAT, at + 4L * (ROWS + r), -layout.minimum(data, source));
                for (int unit = 0; unit < blocks; unit++) {
                    byte scale = (byte) layout.groupScale(data, source, unit);
                    byte minimum = (byte) layout.groupMinimum(data, source, unit);
                    into.set(ValueLayout.JAVA_BYTE, at + 8L * ROWS + (long) unit * ROWS + r, scale);
                    into.set(ValueLayout.JAVA_BYTE, at + 8L * ROWS + (long) (blocks + unit) * ROWS + r, minimum);
                }
            }
        }
    }
}
