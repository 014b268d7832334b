package dev.bantam.model.local.chat;

import java.util.Arrays;
import java.util.List;

/**
 * A request as tokens.
 *
 * @param tokens the whole prompt; not to be changed
 * @param prefix how many tokens the system prompt and the tools take, the same in every request of a conversation; 0 when
 *     there are none, or when they do not stand alone
 * @param stops where messages begin, ascending: places that later requests come back to
 * @param opening the tokens from here on begin the reply, as a block of no thoughts does, and belong to its trace
 * @param thinking whether the prompt ends inside a block of thinking
 */
public record Prompt(int[] tokens, int prefix, List<Integer> stops, int opening, boolean thinking) {
    public Prompt {
        stops = List.copyOf(stops);
    }

    /** How many tokens it has. */
    public int length() {
        return tokens.length;
    }

    /** The tokens that belong to the reply's trace. */
    public int[] forced() {
        return Arrays.copyOfRange(tokens, opening, tokens.length);
    }
}
