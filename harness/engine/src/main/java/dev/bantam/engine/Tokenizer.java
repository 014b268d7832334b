package dev.bantam.engine;

import java.util.OptionalInt;

/** Text to tokens and back, exactly as the model was trained. Safe for many threads. */
public interface Tokenizer {
    /**
     * Splits text into tokens. Nothing is put before it; see {@link #beginning}.
     *
     * @param parseSpecial whether the text of a control token, such as {@code <|im_end|>}, becomes that token. Give false
     *     for text from outside, or it can end a turn. Marks that the model file calls user-defined, such as {@code
     *     <tool_call>}, become tokens in any case.
     */
    int[] encode(String text, boolean parseSpecial);

    /** The text of tokens, control tokens included; bytes that are no UTF-8 become U+FFFD. */
    String decode(int[] tokens);

    /** The bytes of one token, maybe a part of a character; a copy. */
    byte[] piece(int token);

    int vocabularySize();

    /** The control or user-defined token with exactly this text. */
    OptionalInt special(String text);

    /** The token that a text should begin with, when the model wants one. */
    OptionalInt beginning();

    /** Whether the model ends its turn with this token. */
    boolean isEndOfGeneration(int token);

    /** Whether the token steers the model and is no text. */
    boolean isControl(int token);
}
