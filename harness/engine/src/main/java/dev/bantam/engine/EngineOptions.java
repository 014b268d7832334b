package dev.bantam.engine;

import dev.bantam.engine.kernel.Cores;

/**
 * How much of the machine a model may use.
 *
 * @param threads threads that compute, the caller's included; 0 for one per physical core
 * @param batchTokens the most tokens that are evaluated at once while reading a prompt; more is faster and takes more
 *     scratch memory
 * @param cacheBytes the most memory that all sequences of the model may take together; 0 for three quarters of the
 *     machine's memory, less the model file, and at least a quarter
 */
public record EngineOptions(int threads, int batchTokens, long cacheBytes) {
    public EngineOptions {
        require("threads", threads, 0, 1024);
        require("batchTokens", batchTokens, 1, 4096);
        require("cacheBytes", cacheBytes, 0, Long.MAX_VALUE);
        threads = threads == 0 ? Cores.physical() : threads;
    }

    public static EngineOptions defaults() {
        return new EngineOptions(0, 256, 0);
    }

    public EngineOptions withThreads(int count) {
        return new EngineOptions(count, batchTokens, cacheBytes);
    }

    public EngineOptions withBatchTokens(int count) {
        return new EngineOptions(threads, count, cacheBytes);
    }

    public EngineOptions withCacheBytes(long bytes) {
        return new EngineOptions(threads, batchTokens, bytes);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is %d; allowed are %d to %d".formatted(name, value, min, max));
        }
    }
}
