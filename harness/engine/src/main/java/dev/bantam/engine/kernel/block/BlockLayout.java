package dev.bantam.engine.kernel.block;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The layout of one weight type: rows are whole numbers of blocks, a block has scales of its own. Without state. */
public interface BlockLayout {
    ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    /** Weights of a block, a multiple of 32. */
    int weights();

    /** Bytes of a block. */
    int bytes();

    /** Writes the weights of the block at byte {@code from} of {@code data} to {@code into} from {@code at} on. */
    void unpack(MemorySegment data, long from, float[] into, int at);

    /** The half float at byte {@code at}. */
    static float half(MemorySegment data, long at) {
        return Float.float16ToFloat(data.get(SHORT, at));
    }

    /** The byte at {@code at}, unsigned. */
    static int unsigned(MemorySegment data, long at) {
        return data.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }
}
