package dev.bantam.engine.tokenizer;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.gguf.Metadata;
import java.nio.charset.StandardCharsets;

/**
 * SentencePiece's BPE ({@code llama} in GGUF): spaces become {@code ▁}, and of all neighbours whose joined text is a token
 * those with the highest score are joined, from single characters on; a character that is no token becomes the tokens of
 * its bytes. Kudo and Richardson, <a href="https://arxiv.org/abs/1808.06226">SentencePiece</a>, as llama.cpp runs it; we
 * never join characters to a control or byte token.
 */
final class SentencePieceEncoder implements TextEncoder {
    static final char SPACE = '▁';

    private final Vocabulary vocabulary;
    private final int[] ranks; // by token; the lower, the higher its score
    private final int[] byteTokens; // (256)
    private final boolean prefixesSpace;

    private SentencePieceEncoder(Vocabulary vocabulary, int[] ranks, int[] byteTokens, boolean prefixesSpace) {
        this.vocabulary = vocabulary;
        this.ranks = ranks;
        this.byteTokens = byteTokens;
        this.prefixesSpace = prefixesSpace;
    }

    static SentencePieceEncoder load(Metadata metadata, Vocabulary vocabulary) throws ModelFileException {
        String key = "tokenizer.ggml.scores";
        var scores = metadata.list(key, Float.class);
        if (scores.size() != vocabulary.size()) {
            throw metadata.wrong(
                    key, scores.size() + " scores", "one for each of the " + vocabulary.size() + " tokens");
        }
        int[] ranks = new int[scores.size()];
        for (int token = 0; token < ranks.length; token++) {
            ranks[token] = rank(scores.get(token));
        }
        int[] byteTokens = new int[256];
        for (int b = 0; b < 256; b++) {
            byteTokens[b] = vocabulary.number("<0x%02X>".formatted(b));
            if (byteTokens[b] < 0 && b < 0x80) {
                byteTokens[b] = vocabulary.number(String.valueOf((char) b));
            }
            if (byteTokens[b] < 0) {
                throw metadata.wrong(
                        "tokenizer.ggml.tokens", "without <0x%02X>".formatted(b), "a token for every byte");
            }
        }
        boolean prefixesSpace = metadata.flag("tokenizer.ggml.add_space_prefix", true);
        return new SentencePieceEncoder(vocabulary, ranks, byteTokens, prefixesSpace);
    }

    /** Whole numbers in the opposite order of scores. */
    private static int rank(float score) {
        int bits = Float.floatToIntBits(0f - score); // also makes one zero of both
        return bits ^ bits >> 31 & Integer.MAX_VALUE;
    }

    @Override
    public void encode(String text, boolean afterSpecial, TokenList out) {
        if (text.isEmpty()) {
            return;
        }
        String escaped = (prefixesSpace && afterSpecial ? " " + text : text).replace(' ', SPACE);
        int[] ends = new int[escaped.length()]; // by symbol, in characters of the text
        int[] starts = new int[escaped.length()];
        int count = 0;
        for (int at = 0; at < escaped.length(); at = ends[count++]) {
            starts[count] = at;
            ends[count] = at + Character.charCount(escaped.codePointAt(at));
        }
        int[] next = MergeLoop.run(count, new MergeLoop.Pairs() {
            @Override
            public int rank(int left, int right) {
                int token = vocabulary.mergeable(escaped, starts[left], ends[right]);
                return token < 0 ? NEVER : ranks[token];
            }

            @Override
            public void merge(int left, int right) {
                ends[left] = ends[right];
            }
        });
        for (int i = 0; i != MergeLoop.END; i = next[i]) {
            add(escaped, starts[i], ends[i], out);
        }
    }

    private void add(String text, int start, int end, TokenList out) {
        int token = vocabulary.mergeable(text, start, end);
        if (token >= 0) {
            out.add(token);
            return;
        }
        for (byte b : text.substring(start, end).getBytes(StandardCharsets.UTF_8)) {
            out.add(byteTokens[b & 0xff]);
        }
    }

    @Override
    public boolean prefixesSpace() {
        return prefixesSpace;
    }
}
