package dev.bantam.engine.model;

import dev.bantam.engine.gguf.GgufFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells models apart without reading many gigabytes: SHA-256 over each file's length, its whole header (tokenizer and
 * tensor table) and 64 evenly spread samples of 4 KiB of its weights.
 */
public final class Fingerprint {
    private static final int SAMPLES = 64;
    private static final int SAMPLE_BYTES = 4096;

    private Fingerprint() {}

    static String of(GgufFile file) {
        MessageDigest digest = sha256();
        file.parts().forEach(part -> add(part, digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(GgufFile.Part part, MessageDigest digest) {
        MemorySegment all = part.bytes();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, all.byteSize()));
        long header = Math.min(part.headerBytes(), all.byteSize());
        for (long at = 0; at < header; at += 1 << 20) {
            digest.update(all.asSlice(at, Math.min(1 << 20, header - at)).asByteBuffer());
        }
        long weights = all.byteSize() - header;
        for (int i = 0; i < SAMPLES; i++) {
            long at = header + Math.max(0, weights - SAMPLE_BYTES) / SAMPLES * i;
            digest.update(
                    all.asSlice(at, Math.min(SAMPLE_BYTES, all.byteSize() - at)).asByteBuffer());
        }
    }

    /** An empty digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
