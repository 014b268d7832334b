package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the bytes of a piece. Works on symbols: the vocabulary's tokens, and behind them what merges pass through without
 * its being a token; if such a one is left at the end, it becomes the tokens of its bytes.
 */
final class PieceEncoder {
    private static final int NONE = -1;

    private final Merges merges;
    private final int[] byteTokens; // (256)
    private final int vocabularySize;
    private final List<byte[]> others; // the bytes of symbols that are no tokens

    private PieceEncoder(Merges merges, int[] byteTokens, int vocabularySize, List<byte[]> others) {
        this.merges = merges;
        this.byteTokens = byteTokens;
        this.vocabularySize = vocabularySize;
        this.others = others;
    }

    static PieceEncoder load(Metadata metadata, Vocabulary vocabulary) throws ModelFileException {
        int[] byteTokens = new int[256];
        for (int b = 0; b < 256; b++) {
            String written = String.valueOf(ByteAlphabet.character((byte) b));
            byteTokens[b] = vocabulary.number(written);
            if (byteTokens[b] < 0) {
                throw metadata.wrong("tokenizer.ggml.tokens", "without '" + written + "'", "a token for every byte");
            }
        }
        String key = "tokenizer.ggml.merges";
        List<String> lines = metadata.list(key, String.class);
        Merges merges = new Merges(lines.size());
        Map<String, Integer> otherNumbers = new HashMap<>();
        List<byte[]> others = new ArrayList<>();
        for (int rank = 0; rank < lines.size(); rank++) {
            String line = lines.get(rank);
            int gap = line.indexOf(' ', 1);
            if (gap < 0 || gap == line.length() - 1) {
                throw metadata.wrong(key, "'" + line + "'", "two symbols with a space between them");
            }
            String[] symbols = {line.substring(0, gap), line.substring(gap + 1), null};
            symbols[2] = symbols[0] + symbols[1];
            int[] numbers = new int[3];
            for (int i = 0; i < 3; i++) {
                numbers[i] = vocabulary.number(symbols[i]);
                if (numbers[i] < 0) {
                    byte[] bytes = ByteAlphabet.decode(symbols[i]);
                    numbers[i] = otherNumbers.computeIfAbsent(symbols[i], symbol -> {
                        others.add(bytes);
                        return vocabulary.size() + others.size() - 1;
                    });
                }
            }
            merges.add(numbers[0], numbers[1], rank, numbers[2]);
        }
        return new PieceEncoder(merges, byteTokens, vocabulary.size(), others);
    }

    /**
     * Adds the tokens of a piece. Symbols form a linked list; pairs wait in a heap as rank &lt;&lt; 32 | left symbol, and a
     * pair that has changed since is known by its rank.
     */
    void encode(byte[] piece, TokenList out) {
        int n = piece.length;
        int[] symbols = new int[n];
        int[] next = new int[n];
        int[] previous = new int[n];
        for (int i = 0; i < n; i++) {
            symbols[i] = byteTokens[piece[i] & 0xff];
            next[i] = i + 1 < n ? i + 1 : NONE;
            previous[i] = i - 1;
        }
        LongHeap pairs = new LongHeap(n);
        for (int i = 0; i + 1 < n; i++) {
            push(pairs, symbols, i, i + 1);
        }
        while (!pairs.isEmpty()) {
            long pair = pairs.pop();
            int left = (int) pair;
            int rank = (int) (pair >>> 32);
            int right = symbols[left] == NONE ? NONE : next[left];
            if (right == NONE || merges.rank(symbols[left], symbols[right]) != rank) {
                continue;
            }
            symbols[left] = merges.result(rank);
            symbols[right] = NONE;
            next[left] = next[right];
            if (next[left] != NONE) {
                previous[next[left]] = left;
                push(pairs, symbols, left, next[left]);
            }
            if (previous[left] != NONE) {
                push(pairs, symbols, previous[left], left);
            }
        }
        for (int i = 0; i != NONE && i < n; i = next[i]) {
            add(symbols[i], out);
        }
    }

    private void push(LongHeap pairs, int[] symbols, int left, int right) {
        int rank = merges.rank(symbols[left], symbols[right]);
        if (rank >= 0) {
            pairs.push((long) rank << 32 | left);
        }
    }

    private void add(int symbol, TokenList out) {
        if (symbol < vocabularySize) {
            out.add(symbol);
            return;
        }
        for (byte b : others.get(symbol - vocabularySize)) {
            out.add(byteTokens[b & 0xff]);
        }
    }
}
