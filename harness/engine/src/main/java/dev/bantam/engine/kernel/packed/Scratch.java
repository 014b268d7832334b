package dev.bantam.engine.kernel.packed;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What one thread needs while it multiplies; grows to what was needed most. */
public final class Scratch {
    final ChunkScales scales = new ChunkScales();
    private byte[] codes = new byte[0];
    private byte[] block = new byte[0];
    private MemorySegment group = MemorySegment.NULL;
    private float[] sums = new float[0];
    private float[] more = new float[0];
    private float[] panel = new float[0];
    private float[] partial = new float[0];
    private int[] tokens = new int[0];

    byte[] codes(int length) {
        codes = codes.length < length ? new byte[length] : codes;
        return codes;
    }

    byte[] block(int length) {
        block = block.length == length ? block : new byte[length];
        return block;
    }

    MemorySegment group(long bytes) {
        group = group.byteSize() < bytes ? Arena.ofAuto().allocate(bytes, 64) : group;
        return group;
    }

    /** Room for {@code length} sums. */
    public float[] sums(int length) {
        sums = sums.length < length ? new float[length] : sums;
        return sums;
    }

    /** Room for {@code length} sums beside those. */
    public float[] moreSums(int length) {
        more = more.length < length ? new float[length] : more;
        return more;
    }

    /** Room for {@code length} unpacked weights. */
    public float[] panel(int length) {
        panel = panel.length < length ? new float[length] : panel;
        return panel;
    }

    /** Room for {@code length} sums in parts. */
    public float[] partial(int length) {
        partial = partial.length < length ? new float[length] : partial;
        return partial;
    }

    /** Room for {@code length} numbers of tokens. */
    public int[] tokens(int length) {
        tokens = tokens.length < length ? new int[length] : tokens;
        return tokens;
    }
}
