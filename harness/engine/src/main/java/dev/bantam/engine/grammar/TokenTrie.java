package dev.bantam.engine.grammar;

import dev.bantam.engine.TokenSet;
import dev.bantam.engine.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The tokens of a vocabulary that are plain text, as a trie of their bytes; built once for a tokenizer and shared by all
 * grammars over it. Control tokens, marks such as {@code <think>} and tokens without bytes are not in it.
 *
 * <p>The nodes lie in preorder: the first child of a node follows it, and {@link #skip} leads past its subtree. So a walk
 * is a scan. Immutable.
 */
public final class TokenTrie {
    private final Tokenizer tokenizer;
    private final byte[] label; // (node): the byte that leads to it
    private final short[] depth; // (node): bytes from the root, from 1
    private final int[] skip; // (node): the first node after its subtree
    private final int[] token; // (node): a token that ends here, or -1
    private final int[] twin; // (token): another token with the same bytes, or -1
    private final byte[][] pieces; // (token): null where it is no plain text
    private final boolean[] single = new boolean[256]; // (byte): whether a token is exactly this byte
    private final TokenSet ends;
    private final List<String> marks = new ArrayList<>();
    private final int nodes;
    private final int deepest;

    private TokenTrie(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        int vocabulary = tokenizer.vocabularySize();
        pieces = new byte[vocabulary][];
        ends = new TokenSet(vocabulary);
        int[] plain = new int[vocabulary];
        int count = 0;
        int bytes = 0;
        for (int i = 0; i < vocabulary; i++) {
            if (tokenizer.isEndOfGeneration(i)) {
                ends.add(i);
            }
            byte[] piece = tokenizer.piece(i);
            if (isPlain(i, piece)) {
                pieces[i] = piece;
                plain[count++] = i;
                bytes += piece.length;
                if (piece.length == 1) {
                    single[piece[0] & 255] = true;
                }
            } else if (piece.length > 0) {
                marks.add(new String(piece, StandardCharsets.UTF_8));
            }
        }
        label = new byte[bytes];
        depth = new short[bytes];
        skip = new int[bytes];
        token = new int[bytes];
        twin = new int[vocabulary];
        Arrays.fill(token, -1);
        Arrays.fill(twin, -1);
        int[] sorted = sorted(Arrays.copyOf(plain, count));
        deepest = Arrays.stream(sorted).map(i -> pieces[i].length).max().orElse(0);
        nodes = lay(sorted);
    }

    /** Reads the whole vocabulary: a fraction of a second for one of 150,000 tokens. */
    public static TokenTrie of(Tokenizer tokenizer) {
        return new TokenTrie(tokenizer);
    }

    private boolean isPlain(int i, byte[] piece) {
        if (piece.length == 0
                || piece.length > Short.MAX_VALUE
                || tokenizer.isControl(i)
                || tokenizer.isEndOfGeneration(i)) {
            return false;
        }
        String text = new String(piece, StandardCharsets.UTF_8);
        OptionalInt special = tokenizer.special(text);
        return text.isBlank() || special.isEmpty() || special.getAsInt() != i;
    }

    /** By bytes, unsigned. The first seven bytes and the place are one long, so that most comparisons need no memory. */
    private int[] sorted(int[] plain) {
        long[] keys = new long[plain.length];
        int[] order = new int[plain.length];
        int[] starts = new int[257 * 257 + 1];
        for (int i : plain) {
            starts[bucket(pieces[i]) + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] fill = starts.clone();
        for (int i : plain) {
            order[fill[bucket(pieces[i])]++] = i;
        }
        int[] result = new int[plain.length];
        for (int b = 0; b + 1 < starts.length; b++) {
            sortBucket(order, starts[b], starts[b + 1], keys, result);
        }
        return result;
    }

    private void sortBucket(int[] order, int from, int to, long[] keys, int[] result) {
        for (int i = from; i < to; i++) {
            keys[i] = prefix(pieces[order[i]]) << 20 | i - from;
        }
        Arrays.sort(keys, from, to);
        Integer[] ties = null;
        for (int i = from; i < to; ) {
            int end = i + 1;
            while (end < to && keys[end] >>> 20 == keys[i] >>> 20) {
                end++;
            }
            if (end - i == 1) {
                result[i] = order[from + (int) (keys[i] & 0xfffff)];
            } else {
                ties = new Integer[end - i];
                for (int k = i; k < end; k++) {
                    ties[k - i] = order[from + (int) (keys[k] & 0xfffff)];
                }
                Arrays.sort(ties, (a, c) -> Arrays.compareUnsigned(pieces[a], pieces[c]));
                for (int k = i; k < end; k++) {
                    result[k] = ties[k - i];
                }
            }
            i = end;
        }
    }

    /** A number for the first two bytes, one byte before all that go on. */
    private static int bucket(byte[] piece) {
        return ((piece[0] & 255) + 1) * 257 + (piece.length > 1 ? (piece[1] & 255) + 1 : 0);
    }

    /** Bytes 2 to 6, 40 bits. */
    private static long prefix(byte[] piece) {
        long key = 0;
        for (int i = 2; i < 7; i++) {
            key = key << 8 | (i < piece.length ? piece[i] & 255 : 0);
        }
        return key;
    }

    private int lay(int[] sorted) {
        int[] open = new int[deepest + 1];
        int opened = 0;
        int count = 0;
        byte[] before = {};
        for (int i : sorted) {
            byte[] piece = pieces[i];
            int common = Arrays.mismatch(before, piece);
            if (common < 0) {
                twin[i] = token[count - 1];
                token[count - 1] = i;
                continue;
            }
            while (opened > common) {
                skip[open[opened--]] = count;
            }
            for (int at = common; at < piece.length; at++) {
                label[count] = piece[at];
                depth[count] = (short) (at + 1);
                open[++opened] = count++;
            }
            token[count - 1] = i;
            before = piece;
        }
        while (opened > 0) {
            skip[open[opened--]] = count;
        }
        return count;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    int vocabulary() {
        return pieces.length;
    }

    int nodes() {
        return nodes;
    }

    /** The most bytes of a token. */
    int deepest() {
        return deepest;
    }

    int label(int node) {
        return label[node] & 255;
    }

    int depth(int node) {
        return depth[node];
    }

    int skip(int node) {
        return skip[node];
    }

    /** Adds the tokens that end at a node. */
    void addTokens(int node, TokenSet set) {
        for (int i = token[node]; i >= 0; i = twin[i]) {
            set.add(i);
        }
    }

    /** The bytes of a token that is plain text, else null; not to be changed. */
    byte[] piece(int i) {
        return pieces[i];
    }

    /** Whether a token is exactly this byte, so that text with it can always be written. */
    boolean writes(int value) {
        return single[value];
    }

    boolean writes(byte[] text) {
        for (byte value : text) {
            if (!single[value & 255]) {
                return false;
            }
        }
        return true;
    }

    /** A text as far as no mark is spelled in it, which a tokenizer could take for the mark. */
    String withoutMarks(String text) {
        int end = text.length();
        for (String mark : marks) {
            int at = text.indexOf(mark);
            if (at >= 0) {
                end = Math.min(end, at + mark.length() - 1);
            }
        }
        return text.substring(0, end);
    }

    /** The tokens that end a turn. */
    TokenSet ends() {
        return ends;
    }
}
