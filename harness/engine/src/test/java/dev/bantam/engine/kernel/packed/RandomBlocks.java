package dev.bantam.engine.kernel.packed;

import dev.bantam.engine.kernel.block.MXFP4;
import dev.bantam.engine.kernel.block.Packable;
import dev.bantam.engine.kernel.block.Q4_1;
import dev.bantam.engine.kernel.block.Q4_K;
import dev.bantam.engine.kernel.block.Q5_1;
import dev.bantam.engine.kernel.block.Q5_K;
import dev.bantam.engine.kernel.block.Q6_K;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;

/** Blocks of random bytes with sane scales. */
final class RandomBlocks {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private RandomBlocks() {}

    static MemorySegment of(Packable layout, int blocks, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[blocks * layout.bytes()];
        random.nextBytes(bytes);
        MemorySegment data = Arena.ofAuto().allocate(bytes.length);
        data.copyFrom(MemorySegment.ofArray(bytes));
        for (int b = 0; b < blocks; b++) {
            long from = (long) b * layout.bytes();
            switch (layout) {
                case MXFP4 _ -> data.set(ValueLayout.JAVA_BYTE, from, (byte) (120 + random.nextInt(4)));
                case Q6_K _ -> half(data, from + 208, random);
                case Q4_1 _, Q5_1 _, Q4_K _, Q5_K _ -> {
                    half(data, from, random);
                    half(data, from + 2, random);
                }
                default -> half(data, from, random);
            }
        }
        return data;
    }

    private static void half(MemorySegment data, long at, Random random) {
        data.set(SHORT, at, Float.floatToFloat16(0.01f + random.nextFloat() / 50));
    }
}
