package dev.bantam.engine.tokenizer;

import java.util.Arrays;
import java.util.List;

/** Finds tokens by their text: an open-addressing table of numbers over the texts, which are held elsewhere. */
final class TokenIndex {
    private static final int EMPTY = -1;

    private final List<String> texts;
    private final int[] table;
    private final int longest;

    /** Of several tokens with one text the last counts. */
    TokenIndex(List<String> texts) {
        this.texts = texts;
        table = new int[Integer.highestOneBit(Math.max(8, texts.size())) * 4];
        Arrays.fill(table, EMPTY);
        longest = texts.stream().mapToInt(String::length).max().orElse(0);
        for (int token = 0; token < texts.size(); token++) {
            String text = texts.get(token);
            table[slot(text, 0, text.length())] = token;
        }
    }

    /** The token that this part of a text spells, or -1. */
    int find(String text, int from, int to) {
        return to - from > longest ? EMPTY : table[slot(text, from, to)];
    }

    /** The token that a text spells without the character at {@code gap}, or -1. */
    int findWithout(int gap, String text) {
        int hash = hash(hash(0, text, 0, gap), text, gap + 1, text.length());
        for (int at = first(hash); table[at] != EMPTY; at = at + 1 & table.length - 1) {
            String token = texts.get(table[at]);
            if (token.length() == text.length() - 1
                    && token.regionMatches(0, text, 0, gap)
                    && token.regionMatches(gap, text, gap + 1, token.length() - gap)) {
                return table[at];
            }
        }
        return EMPTY;
    }

    private int slot(String text, int from, int to) {
        int at = first(hash(0, text, from, to));
        while (table[at] != EMPTY && !equals(texts.get(table[at]), text, from, to)) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }

    private static int hash(int before, String text, int from, int to) {
        int hash = before;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    private int first(int hash) {
        int mixed = hash * 0x9e3779b9;
        return (mixed ^ mixed >>> 15) & table.length - 1;
    }

    private static boolean equals(String token, String text, int from, int to) {
        return token.length() == to - from && text.regionMatches(from, token, 0, token.length());
    }
}
