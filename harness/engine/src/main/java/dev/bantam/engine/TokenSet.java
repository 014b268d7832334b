package dev.bantam.engine;

import java.util.Arrays;

/** A set of tokens of one vocabulary, a bit each. Changed by its maker alone. */
public final class TokenSet {
    private final long[] words;
    private final int vocabulary;

    /** An empty set. */
    public TokenSet(int vocabulary) {
        this.vocabulary = vocabulary;
        this.words = new long[(vocabulary + 63) >> 6];
    }

    public void add(int token) {
        words[token >> 6] |= 1L << token;
    }

    public void clear() {
        Arrays.fill(words, 0);
    }

    /** Adds all of another set over the same vocabulary. */
    public void addAll(TokenSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
    }

    public boolean contains(int token) {
        return (words[token >> 6] >>> token & 1) != 0;
    }

    public int vocabulary() {
        return vocabulary;
    }

    /** How many tokens it has. */
    public int size() {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** The smallest token from {@code from} on, or -1. */
    public int next(int from) {
        for (int i = from >> 6; i < words.length; i++) {
            long word = i == from >> 6 ? words[i] & -1L << from : words[i];
            if (word != 0) {
                return (i << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return -1;
    }

    /** Forbids every other token: its logit becomes negative infinity. */
    public void mask(float[] logits) {
        for (int i = 0; i < words.length; i++) {
            long word = words[i];
            if (word == -1) {
                continue;
            }
            int end = Math.min(logits.length, (i + 1) << 6);
            if (word == 0) {
                Arrays.fill(logits, i << 6, end, Float.NEGATIVE_INFINITY);
                continue;
            }
            for (int token = i << 6; token < end; token++, word >>>= 1) {
                if ((word & 1) == 0) {
                    logits[token] = Float.NEGATIVE_INFINITY;
                }
            }
        }
    }
}
