package dev.bantam.engine.kernel;

/** How the elements of keys and values are stored. {@link KvRows} packs and unpacks them. */
public enum KvType {
    F32(1, 4),
    F16(1, 2),
    /** 32 signed bytes that share a scale, which is a half float; the scales of a row lie behind its bytes. */
    Q8_0(32, 34);

    private final int blockElements;
    private final int blockBytes;

    KvType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** A row's elements must be a multiple of this. */
    public int blockElements() {
        return blockElements;
    }

    int rowBytes(int width) {
        return width / blockElements * blockBytes;
    }
}
