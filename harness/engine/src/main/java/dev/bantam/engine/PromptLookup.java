package dev.bantam.engine;

import java.util.Arrays;

/**
 * Drafts what may come next by looking where the latest tokens stood before: what followed there often follows again, as in
 * an edit that repeats a file's text. After Saxena, <a
 * href="https://github.com/apoorvumang/prompt-lookup-decoding">Prompt Lookup Decoding</a>, with two deviations: only long
 * matches count, since a wrong draft costs a forward pass in which every token may wake other experts, and the length of
 * drafts follows their luck.
 *
 * <p>One generation, one thread.
 */
final class PromptLookup {
    /** Tokens that must agree before anything is drafted. */
    private static final int MATCH = 6;

    private static final int SHORTEST = 4;
    private static final int LONGEST = 32;

    /** Generated tokens to wait after a draft that failed at once. */
    private static final int PAUSE = 16;

    private int[] tokens; // those of the sequence
    private int count;
    private final int[] latest; // hash of MATCH tokens -> where the latest such run ends, plus one
    private int length = 2 * SHORTEST;
    private int pause;

    PromptLookup(Sequence sequence) {
        tokens = sequence.tokens();
        int all = tokens.length;
        latest = new int[Integer.highestOneBit(Math.max(1 << 12, 4 * all))];
        tokens = Arrays.copyOf(tokens, all + 256);
        for (count = MATCH; count < all; count++) {
            latest[slot()] = count;
        }
        count = all;
    }

    /** Counts a token that was added to the sequence. */
    void add(int token) {
        push(token);
        pause = Math.max(0, pause - 1);
    }

    private void push(int token) {
        if (count >= MATCH) {
            latest[slot()] = count;
        }
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
        }
        tokens[count++] = token;
    }

    /** What may follow {@code token}, which is chosen and not yet added; at most {@code most} tokens, often none. */
    int[] after(int token, int most) {
        if (pause > 0 || count < MATCH || most < SHORTEST) {
            return new int[0];
        }
        push(token);
        int end = latest[slot()];
        count--;
        if (end == 0 || !agree(end, token)) {
            return new int[0];
        }
        int available = Math.min(Math.min(length, most), count - end);
        return available < SHORTEST ? new int[0] : Arrays.copyOfRange(tokens, end, end + available);
    }

    /** Longer drafts after luck, none for a while after a failure. */
    void learn(int kept, int drafted) {
        if (kept == drafted) {
            length = Math.min(LONGEST, 2 * length);
        } else if (kept < drafted / 2) {
            length = Math.max(SHORTEST, length / 2);
            pause = kept == 0 ? PAUSE : 0;
        }
    }

    /** Whether the tokens before {@code end} are the latest ones followed by {@code token}. */
    private boolean agree(int end, int token) {
        if (tokens[end - 1] != token) {
            return false;
        }
        for (int i = 1; i < MATCH; i++) {
            if (tokens[end - 1 - i] != tokens[count - i]) {
                return false;
            }
        }
        return true;
    }

    /** Of the last {@link #MATCH} tokens. */
    private int slot() {
        int hash = 0;
        for (int i = count - MATCH; i < count; i++) {
            hash = hash * 0x9E3779B1 + tokens[i] + 1;
        }
        return (hash ^ hash >>> 15) & latest.length - 1;
    }
}
