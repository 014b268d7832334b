package dev.bantam.engine;

import java.util.Arrays;

/** Finds the tokens with the largest logits. */
final class Candidates {
    /** Above this many it is quicker to sort all than to insert. */
    private static final int INSERTED = 256;

    private Candidates() {}

    /** At most {@code k} tokens, largest logit first, the lower token first on ties. */
    static int[] largest(float[] logits, int k) {
        int count = Math.min(k, logits.length);
        long[] best = count <= INSERTED ? inserted(logits, count) : sorted(logits);
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = (int) best[i];
        }
        return tokens;
    }

    private static long[] sorted(float[] logits) {
        long[] keys = new long[logits.length];
        Arrays.setAll(keys, token -> key(logits[token], token));
        Arrays.sort(keys);
        return keys;
    }

    private static long[] inserted(float[] logits, int count) {
        long[] best = new long[count];
        Arrays.fill(best, Long.MAX_VALUE);
        for (int token = 0; token < logits.length; token++) {
            long key = key(logits[token], token);
            if (key < best[count - 1]) {
                int at = -Arrays.binarySearch(best, key) - 1;
                System.arraycopy(best, at, best, at + 1, count - 1 - at);
                best[at] = key;
            }
        }
        return best;
    }

    /** Ascending order of keys is descending order of logits, then ascending order of tokens. */
    private static long key(float logit, int token) {
        int bits = Float.floatToIntBits(logit + 0f); // + 0f: one zero only
        int ascending = bits >= 0 ? bits : bits ^ 0x7fffffff;
        return (long) ~ascending << 32 | token;
    }
}
