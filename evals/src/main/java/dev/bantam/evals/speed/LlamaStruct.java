package dev.bantam.evals.speed;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.zip.CRC32;

/**
 * A parameter struct of llama.cpp. Their fields move from build to build under one library name, so a build is known by
 * the print of its defaults: they are asked for twice over different fillings, and the bytes that agree were written.
 *
 * @param bytes the defaults, in more room than any build needs
 * @param print CRC-32 of the written bytes, others as zero
 */
record LlamaStruct(MemorySegment bytes, String print) {
    private static final int ROOM = 512;

    static final StructLayout LAYOUT =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(ROOM / 8, ValueLayout.JAVA_LONG));

    static LlamaStruct defaults(MethodHandle function, Arena arena) throws Throwable {
        MemorySegment first = filled(function, arena, (byte) 0x5a);
        MemorySegment second = filled(function, arena, (byte) 0xa5);
        int end = 0;
        for (int i = 0; i < ROOM; i++) {
            if (first.get(ValueLayout.JAVA_BYTE, i) == second.get(ValueLayout.JAVA_BYTE, i)) {
                end = i + 1;
            } else {
                first.set(ValueLayout.JAVA_BYTE, i, (byte) 0);
            }
        }
        CRC32 crc = new CRC32();
        crc.update(first.asSlice(0, end).toArray(ValueLayout.JAVA_BYTE));
        return new LlamaStruct(first, "%08x".formatted(crc.getValue()));
    }

    private static MemorySegment filled(MethodHandle function, Arena arena, byte filling) throws Throwable {
        MemorySegment room = arena.allocate(LAYOUT).fill(filling);
        return (MemorySegment) function.invoke((SegmentAllocator) (size, alignment) -> room);
    }

    LlamaStruct with(long offset, int value) {
        bytes.set(ValueLayout.JAVA_INT, offset, value);
        return this;
    }
}
