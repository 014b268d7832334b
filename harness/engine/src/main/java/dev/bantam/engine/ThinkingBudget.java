package dev.bantam.engine;

import java.util.Optional;

/**
 * Closes a block of thinking that has used up its tokens: at the end of the line, or after some tokens of grace where the
 * line does not end. What was thought stays in the sequence.
 */
public final class ThinkingBudget {
    private final int budget;
    private final int grace;
    private final int[] closing;
    private int thought;
    private boolean closed;

    /**
     * @param budget tokens of thinking
     * @param grace the most tokens beyond it to the end of a line
     * @param closing what closes the block, a last sentence included
     */
    public ThinkingBudget(int budget, int grace, int[] closing) {
        this.budget = budget;
        this.grace = grace;
        this.closing = closing.clone();
    }

    /**
     * Counts a token.
     *
     * @param text what the token says, as far as its characters are complete
     * @param thinking whether the block is open after it
     * @return the tokens to put in now
     */
    public Optional<int[]> after(String text, boolean thinking) {
        if (!thinking || closed) {
            return Optional.empty();
        }
        thought++;
        boolean over = thought >= budget && (text.indexOf('\n') >= 0 || thought >= budget + grace);
        closed = over;
        return over ? Optional.of(closing.clone()) : Optional.empty();
    }

    /** Tokens counted so far. */
    public int thought() {
        return thought;
    }

    /** Whether it closed the block. */
    public boolean closed() {
        return closed;
    }
}
