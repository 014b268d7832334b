package dev.bantam.engine.model;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.kernel.KvCache;
import java.lang.management.ManagementFactory;

/** Counts the memory that sequences may come to take, before they take it. Safe for many threads. */
public final class CacheBudget {
    private final long limit;
    private long taken;

    CacheBudget(long limitBytes) {
        this.limit = limitBytes;
    }

    /**
     * Three quarters of the machine's (or container's) memory, less the model file, which should stay in memory too; a
     * quarter when the file takes more than that, since it can be read from disk again and again, however slowly.
     */
    public static long machineLimit(long fileBytes) {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        long quarter = system.getTotalMemorySize() / 4;
        return Math.max(quarter, 3 * quarter - fileBytes);
    }

    synchronized void take(KvCache.Shape shape, int tokens) throws CacheMemoryException {
        long bytes = tokens * shape.bytesPerToken();
        if (bytes > limit - taken) {
            throw new CacheMemoryException(tokens, shape.bytesPerToken(), limit - taken);
        }
        taken += bytes;
    }

    synchronized void giveBack(KvCache.Shape shape, int tokens) {
        taken -= tokens * shape.bytesPerToken();
    }
}
