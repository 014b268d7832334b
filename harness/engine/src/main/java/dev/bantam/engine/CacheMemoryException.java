package dev.bantam.engine;

/** A sequence needs more memory than is left for it. */
public final class CacheMemoryException extends Exception {
    private static final long serialVersionUID = 1;

    private final int fittingTokens;

    /**
     * Reports that a context does not fit.
     *
     * @param bytesPerSequence what a sequence takes besides its tokens
     * @param neededBytes what it needs in all; less than both together when a fork shares some of it
     */
    public CacheMemoryException(
            int wantedTokens,
            long bytesPerToken,
            long bytesPerSequence,
            long neededBytes,
            long availableBytes,
            long fittingTokens) {
        super("a context of %,d tokens needs %s (%s), and %s are left for it; at most %,d tokens fit"
                .formatted(
                        wantedTokens,
                        mebibytes(neededBytes),
                        each(bytesPerToken, bytesPerSequence),
                        mebibytes(availableBytes),
                        fittingTokens));
        this.fittingTokens = (int) Math.min(wantedTokens, fittingTokens);
    }

    /** The context that would fit. */
    public int fittingTokens() {
        return fittingTokens;
    }

    private static String each(long bytesPerToken, long bytesPerSequence) {
        String tokens = "%,.1f KiB a token".formatted(bytesPerToken / 1024.0);
        return bytesPerSequence == 0 ? tokens : tokens + " and " + mebibytes(bytesPerSequence) + " once";
    }

    private static String mebibytes(long bytes) {
        return "%,.1f MiB".formatted(Math.max(0, bytes) / (1024.0 * 1024));
    }
}
