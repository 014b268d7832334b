package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Byte-level BPE ({@code gpt2} in GGUF): text is cut into pieces, and in each piece the bytes are merged, earliest merge
 * first. Works on symbols: the vocabulary's tokens, and behind them what merges pass through without its being a token; if
 * such a one is left at the end, it becomes the tokens of its bytes.
 */
final class BytePairEncoder implements TextEncoder {
    private final PreTokenizer preTokenizer;
    private final Vocabulary vocabulary;
    private final Merges merges;
    private final int[] byteTokens; // (256)
    private final List<byte[]> others; // the bytes of symbols that are no tokens

    private BytePairEncoder(
            PreTokenizer preTokenizer, Vocabulary vocabulary, Merges merges, int[] byteTokens, List<byte[]> others) {
        this.preTokenizer = preTokenizer;
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.byteTokens = byteTokens;
        this.others = others;
    }

    static BytePairEncoder load(Metadata metadata, PreTokenizer preTokenizer, Vocabulary vocabulary)
            throws ModelFileException {
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
        Others others = new Others(vocabulary.size());
        for (int rank = 0; rank < lines.size(); rank++) {
            String line = lines.get(rank);
            int gap = line.indexOf(' ', 1);
            if (gap < 0 || gap == line.length() - 1) {
                throw metadata.wrong(key, "'" + line + "'", "two symbols with a space between them");
            }
            int left = vocabulary.number(line, 0, gap);
            int right = vocabulary.number(line, gap + 1, line.length());
            int both = vocabulary.numberWithout(gap, line);
            merges.add(
                    left >= 0 ? left : others.number(line.substring(0, gap)),
                    right >= 0 ? right : others.number(line.substring(gap + 1)),
                    rank,
                    both >= 0 ? both : others.number(line.substring(0, gap) + line.substring(gap + 1)));
        }
        return new BytePairEncoder(preTokenizer, vocabulary, merges, byteTokens, others.bytes);
    }

    /** Numbers the symbols that are no tokens. */
    private static final class Others {
        private final int first;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<byte[]> bytes = new ArrayList<>();

        Others(int first) {
            this.first = first;
        }

        int number(String symbol) {
            return numbers.computeIfAbsent(symbol, added -> {
                bytes.add(ByteAlphabet.decode(added));
                return first + bytes.size() - 1;
            });
        }
    }

    @Override
    public void encode(String text, boolean afterSpecial, TokenList out) {
        int[] codePoints = text.codePoints().toArray();
        for (int start = 0; start < codePoints.length; ) {
            int end = preTokenizer.end(codePoints, start);
            encodePiece(new String(codePoints, start, end - start).getBytes(StandardCharsets.UTF_8), out);
            start = end;
        }
    }

    @Override
    public boolean prefixesSpace() {
        return false;
    }

    private void encodePiece(byte[] piece, TokenList out) {
        int whole = preTokenizer.takesWholePieces() ? vocabulary.mergeable(ByteAlphabet.encode(piece)) : -1;
        if (whole >= 0) {
            out.add(whole);
            return;
        }
        int[] symbols = new int[piece.length];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = byteTokens[piece[i] & 0xff];
        }
        int[] next = MergeLoop.run(symbols.length, new MergeLoop.Pairs() {
            @Override
            public int rank(int left, int right) {
                return merges.rank(symbols[left], symbols[right]);
            }

            @Override
            public void merge(int left, int right) {
                symbols[left] = merges.result(merges.rank(symbols[left], symbols[right]));
            }
        });
        for (int i = 0; i != MergeLoop.END; i = next[i]) {
            add(symbols[i], out);
        }
    }

    private void add(int symbol, TokenList out) {
        if (symbol < vocabulary.size()) {
            out.add(symbol);
            return;
        }
        for (byte b : others.get(symbol - vocabulary.size())) {
            out.add(byteTokens[b & 0xff]);
        }
    }
}
