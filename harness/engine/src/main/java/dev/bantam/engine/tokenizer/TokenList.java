package dev.bantam.engine.tokenizer;

import java.util.Arrays;

/** A growing array of tokens. */
final class TokenList {
    private int[] tokens = new int[16];
    private int size;

    void add(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size++] = token;
    }

    int[] toArray() {
        return Arrays.copyOf(tokens, size);
    }
}
