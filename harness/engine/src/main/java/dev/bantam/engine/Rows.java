package dev.bantam.engine;

/** The tokens of an append whose logits are wanted. */
public enum Rows {
    NONE,
    /** The last one: row 0. */
    LAST,
    /** All of them: row i belongs to token i of the append. Takes four bytes a token and vocabulary entry. */
    ALL
}
