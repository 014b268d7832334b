package dev.bantam.engine.kernel.packed;

import static dev.bantam.engine.kernel.packed.Lanes.CHUNK;
import static dev.bantam.engine.kernel.packed.Lanes.ROWS;

import dev.bantam.engine.kernel.block.Packable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How a group of rows is packed: chunks of up to 256 columns, each with its scales ({@link ChunkScales}) and then words of
 * 32 bits, one row beside the other. Word k of a block of 32 columns has the lower four bits of columns 8 k .. 8 k + 7; the
 * words of upper bits follow those of the whole chunk. Rows past the last
 * are left as they are.
 *
 * @param data the weights as the file has them
 */
record Packing(Packable layout, MemorySegment data, int rows, int columns) {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long EVEN = 0x000f_000f_000f_000fL;

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
        MemorySegment source = MemorySegment.ofArray(codes);
        for (int word = 0; word < 4 * blocks; word++) {
            long eight = source.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 8L * word);
            into.set(INT, words + 4L * (word * ROWS + r), (int)
                    (Long.compress(eight, EVEN) | Long.compress(eight >>> 8, EVEN) << 16));
        }
        if (layout.bits() > 4) {
            upper(codes, r, blocks, into, words + 16L * blocks * ROWS);
        }
    }

    /** Words of the fifth bits of 32 columns or of the upper two bits of 16. */
    private void upper(byte[] codes, int r, int blocks, MemorySegment into, long at) {
        int extra = layout.bits() - 4;
        int columns = 32 / extra;
        for (int word = 0; word < blocks * extra; word++) {
            int bits = 0;
            for (int i = 0; i < columns; i++) {
                bits |= codes[word * columns + i] >> 4 << i / 2 * extra + i % 2 * 16;
            }
            into.set(INT, at + 4L * (word * ROWS + r), bits);
        }
    }

    private void scales(long source, int r, int b, int blocks, MemorySegment into, long at) {
        switch (layout.scales()) {
            case HALF ->
                into.set(
                        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                        at + 2L * (b * ROWS + r),
                        Float.floatToFloat16(layout.scale(data, source)));
            case POWER -> {
                byte exponent = (byte) (Float.floatToRawIntBits(layout.scale(data, source)) >>> 23);
                into.set(ValueLayout.JAVA_BYTE, at + (long) b * ROWS + r, exponent);
            }
            case FLOAT -> into.set(FLOAT, at + 4L * (b * ROWS + r), layout.scale(data, source));
            case FLOAT_AND_MINIMUM -> {
                float scale = layout.scale(data, source);
                float center = (1 << layout.bits() - 1) * scale;
                into.set(FLOAT, at + 4L * (b * ROWS + r), scale);
                into.set(FLOAT, at + 4L * ((blocks + b) * ROWS + r), center + layout.minimum(data, source));
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
                into.set(FLOAT, at + 4L * (ROWS + r), layout.minimum(data, source));
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
