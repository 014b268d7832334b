package dev.bantam.engine.kernel.packed;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The machine's vectors, which packed weights are laid out for: a lane of 32 bits holds one row. */
final class Lanes {
    /** Bits of a vector where the tests want others than the machine's. */
    private static final int WANTED = Integer.getInteger("dev.bantam.engine.vectorBits", 0);

    static final VectorShape SHAPE = WANTED > 0
            ? VectorShape.forBitSize(WANTED)
            : VectorShape.forBitSize(Math.max(128, IntVector.SPECIES_PREFERRED.vectorBitSize()));
    static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);
    static final VectorSpecies<Short> S = VectorSpecies.of(short.class, SHAPE);
    static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
    /** As many shorts as a vector has lanes. */
    static final VectorSpecies<Short> HALF =
            ShortVector.SPECIES_64.withShape(VectorShape.forBitSize(SHAPE.vectorBitSize() / 2));
    /** As many bytes as a vector has lanes, but no vector is shorter than 8 bytes. */
    static final VectorSpecies<Byte> QUARTER =
            ByteVector.SPECIES_64.withShape(VectorShape.forBitSize(Math.max(64, SHAPE.vectorBitSize() / 4)));

    static final int L = I.length();
    static final int BYTES = SHAPE.vectorBitSize() / 8;
    /** Rows that are packed together. */
    static final int ROWS = 4 * L;
    /** Blocks of 32 columns that are packed together. */
    static final int CHUNK = 8;

    private Lanes() {}
}
