package dev.bantam.core.context;

/**
 * How a context window is shared out. All shares are fractions, so that 8 K and 256 K windows behave alike.
 *
 * @param tokens the whole window
 * @param reply kept free for the model's reply
 */
public record Window(int tokens, int reply) {
    private static final int REPLY_SHARE = 4;
    private static final double TAIL_SHARE = 0.3;
    private static final double FULL_AFTER_COMPACTION = 0.6;
    private static final double LEAST_GAIN = 0.1;

    /** @param wantedReply at most a quarter of the window is given */
    public static Window of(int tokens, int wantedReply) {
        return new Window(tokens, Math.max(1, Math.min(wantedReply, tokens / REPLY_SHARE)));
    }

    /** What a prompt may cost. */
    public int prompt() {
        return tokens - reply;
    }

    /** The recent messages that a compaction keeps word for word. */
    int tail() {
        return (int) (tokens * TAIL_SHARE);
    }

    /** What the user's own words may take in a summary. */
    int requests() {
        return tokens / 6;
    }

    /** What each other section of a summary may take. */
    int section() {
        return tokens / 12;
    }

    /** What a compaction should leave at most. */
    int compacted() {
        return (int) (tokens * FULL_AFTER_COMPACTION);
    }

    /** Whether a compaction is worth what it costs. */
    boolean worthwhile(int before, int after) {
        return before - after >= tokens * LEAST_GAIN;
    }

    /**
     * What the results of one reply may cost together, given what the conversation has used: most of what is left, and a
     * quarter of the window where a compaction will make room for it.
     */
    public int results(int used) {
        return Math.max(tokens / REPLY_SHARE, (prompt() - used) * 3 / 4);
    }
}
