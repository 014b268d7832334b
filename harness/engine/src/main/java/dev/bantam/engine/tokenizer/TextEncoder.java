package dev.bantam.engine.tokenizer;

/** Text without special tokens to tokens. */
sealed interface TextEncoder permits BytePairEncoder, SentencePieceEncoder {
    /**
     * Adds the tokens of a text.
     *
     * @param afterSpecial whether the text begins the whole or follows a special token
     */
    void encode(String text, boolean afterSpecial, TokenList out);

    /** Whether a space was put before the text, so that one is taken away again in decoding. */
    boolean prefixesSpace();
}
