package dev.bantam.engine;

import dev.bantam.engine.kernel.Cores;
import java.util.Objects;

/**
 * How much of the machine a model may use.
 *
 * @param threads threads that compute, the caller's included; 0 for one per physical core
 * @param batchTokens the most tokens that are evaluated at once while reading a prompt; more is faster and takes more
 *     scratch memory
 * @param cacheBytes the most memory that all sequences of the model may take together; 0 for three quarters of the
 *     machine's memory, less the model file, and at least a quarter
 * @param cacheType how keys and values are stored
 * @param checkpointBytes the most memory that marks of a recurrent model may take, the first and the latest of each sequence
 *     not counted; 0 for an eighth of the memory for sequences, which then have so much less
 * @param weightsFromDisk whether a model file that is larger than the machine's memory may be opened: each token then reads
 *     weights from the disk
 * @param precision how products with quantised weights are computed
 */
public record EngineOptions(
        int threads,
        int batchTokens,
        long cacheBytes,
        CacheType cacheType,
        long checkpointBytes,
        boolean weightsFromDisk,
        Precision precision) {
    public EngineOptions {
        require("threads", threads, 0, 1024);
        require("batchTokens", batchTokens, 1, 4096);
        require("cacheBytes", cacheBytes, 0, Long.MAX_VALUE);
        require("checkpointBytes", checkpointBytes, 0, Long.MAX_VALUE);
        Objects.requireNonNull(cacheType);
        Objects.requireNonNull(precision);
        threads = threads == 0 ? Cores.physical() : threads;
    }

    public static EngineOptions defaults() {
        return new EngineOptions(0, 256, 0, CacheType.F16, 0, false, Precision.FAST);
    }

    public EngineOptions withThreads(int count) {
        return new EngineOptions(
                count, batchTokens, cacheBytes, cacheType, checkpointBytes, weightsFromDisk, precision);
    }

    public EngineOptions withBatchTokens(int count) {
        return new EngineOptions(threads, count, cacheBytes, cacheType, checkpointBytes, weightsFromDisk, precision);
    }

    public EngineOptions withCacheBytes(long bytes) {
        return new EngineOptions(threads, batchTokens, bytes, cacheType, checkpointBytes, weightsFromDisk, precision);
    }

    public EngineOptions withCacheType(CacheType type) {
        return new EngineOptions(threads, batchTokens, cacheBytes, type, checkpointBytes, weightsFromDisk, precision);
    }

    public EngineOptions withCheckpointBytes(long bytes) {
        return new EngineOptions(threads, batchTokens, cacheBytes, cacheType, bytes, weightsFromDisk, precision);
    }

    public EngineOptions withWeightsFromDisk(boolean allowed) {
        return new EngineOptions(threads, batchTokens, cacheBytes, cacheType, checkpointBytes, allowed, precision);
    }

    public EngineOptions withPrecision(Precision wanted) {
        return new EngineOptions(threads, batchTokens, cacheBytes, cacheType, checkpointBytes, weightsFromDisk, wanted);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is %d; allowed are %d to %d".formatted(name, value, min, max));
        }
    }
}
