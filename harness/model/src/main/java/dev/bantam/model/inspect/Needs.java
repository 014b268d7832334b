package dev.bantam.model.inspect;

import dev.bantam.engine.ModelFacts;
import java.lang.management.ManagementFactory;

/**
 * What a model takes of a machine.
 *
 * @param context tokens that it is to hold
 * @param machineBytes the memory of the machine, or of the container that this runs in
 * @param readRate bytes a second that can be read from memory
 */
public record Needs(ModelFacts facts, int context, long machineBytes, double readRate) {
    private static final long OTHER_BYTES = 1L << 30;

    /** The memory of this machine, or of the container that this runs in. */
    public static long machine() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    /** The weights, which must stay in memory to be read at its speed. */
    public long weightBytes() {
        return facts.fileBytes();
    }

    /** Keys and values of a full context, and what a sequence takes besides. */
    public long cacheBytes() {
        return facts.bytesPerSequence() + context * facts.cacheBytesPerToken();
    }

    /** For the system, this program and its buffers. */
    public long otherBytes() {
        return OTHER_BYTES;
    }

    /** All of it. */
    public long bytes() {
        return weightBytes() + cacheBytes() + otherBytes();
    }

    public boolean fits() {
        return bytes() <= machineBytes;
    }

    /** The bytes that are read to generate a token after so many others: weights, a recurrent state, keys and values. */
    public long bytesPerToken(int before) {
        long window = facts.windowBytesPerToken();
        return facts.activeBytes()
                + facts.bytesPerMark()
                + before * (facts.cacheBytesPerToken() - window)
                + Math.min(before, facts.windowTokens()) * window;
    }

    /** Tokens a second that the memory's speed allows at most after so many others. */
    public double limit(int before) {
        return readRate / bytesPerToken(before);
    }
}
