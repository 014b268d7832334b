package dev.bantam.engine;

/**
 * Holds what is generated to a language, token by token. One generation, one thread.
 *
 * <p>As long as it is not {@link #complete}, at least one token may follow, and every text that it lets through to the end
 * is in the language.
 */
public interface Constraint {
    /** The tokens that may come next; to be read only, and only until {@link #accept}. Empty once it is complete. */
    TokenSet allowed();

    /**
     * Moves on.
     *
     * @throws IllegalArgumentException when the token was not allowed
     */
    void accept(int token);

    /**
     * Text that whatever follows must begin with, since there is no choice; empty where there is one. Reading it as tokens
     * needs no forward pass for each.
     */
    String forced();

    /** Whether all that was held to has come: what follows is free. */
    boolean complete();

    /** An independent one at the same place. */
    Constraint copy();
}
