package dev.bantam.ext.thinkingbudget;

import java.util.function.ToIntFunction;

/** Counts the tokens of a thought that grows, each of its characters once. */
final class ThoughtCount {
    private static final int STEP = 256; // characters; a piece of a few would cost more to count than to wait for

    private final ToIntFunction<String> tokens;
    private int counted; // characters
    private int total; // tokens

    ThoughtCount(ToIntFunction<String> tokens) {
        this.tokens = tokens;
    }

    boolean exceeds(CharSequence thought, int budget) {
        if (thought.length() - counted >= STEP) {
            total += tokens.applyAsInt(
                    thought.subSequence(counted, thought.length()).toString());
            counted = thought.length();
        }
        return total > budget;
    }
}
