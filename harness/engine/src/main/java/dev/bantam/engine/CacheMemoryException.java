package dev.bantam.engine;

/** A sequence needs more memory than is left for it. */
public final class CacheMemoryException extends Exception {
    private static final long serialVersionUID = 1;

    private final int fittingTokens;

    public CacheMemoryException(int wantedTokens, long bytesPerToken, long availableBytes) {
        super("a context of %,d tokens needs %s, and %s are left for it; at most %,d tokens fit"
                .formatted(
                        wantedTokens,
                        mebibytes(wantedTokens * bytesPerToken),
                        mebibytes(availableBytes),
                        Math.max(0, availableBytes) / bytesPerToken));
        this.fittingTokens = (int) Math.min(wantedTokens, Math.max(0, availableBytes) / bytesPerToken);
    }

    /** The context that would fit. */
    public int fittingTokens() {
        return fittingTokens;
    }

    private static String mebibytes(long bytes) {
        return "%,.1f MiB".formatted(Math.max(0, bytes) / (1024.0 * 1024));
    }
}
