package dev.bantam.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Reads memory and does next to nothing with it: the limit that kernels are measured against. */
public final class PlainRead {
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    private PlainRead() {}

    /**
     * Adds up the longs of a segment with four sums, so that no addition waits for the one before. What is left at the end
     * of less than four vectors is not read.
     */
    public static long sum(MemorySegment part) {
        LongVector a = LongVector.zero(LONGS);
        LongVector b = a;
        LongVector c = a;
        LongVector d = a;
        long step = LONGS.vectorByteSize();
        for (long at = 0; at + 4 * step <= part.byteSize(); at += 4 * step) {
            a = a.add(LongVector.fromMemorySegment(LONGS, part, at, ByteOrder.nativeOrder()));
            b = b.add(LongVector.fromMemorySegment(LONGS, part, at + step, ByteOrder.nativeOrder()));
            c = c.add(LongVector.fromMemorySegment(LONGS, part, at + 2 * step, ByteOrder.nativeOrder()));
            d = d.add(LongVector.fromMemorySegment(LONGS, part, at + 3 * step, ByteOrder.nativeOrder()));
        }
        return a.add(b).add(c).add(d).reduceLanes(VectorOperators.ADD);
    }
}
