package dev.bantam.ext.thinkingbudget;

import dev.bantam.api.ChatRequest;
import java.util.OptionalInt;

/** How many tokens one reply may think. */
final class Budget {
    /** A server that keeps to the level by itself finishes its sentence; and remote tokens are counted by an estimate. */
    private static final double ROOM = 1.25;

    private static final double MOST_OF_A_REPLY = 0.75;

    private Budget() {}

    /**
     * @param otherwise when no level was asked for
     * @return empty when the model may think as long as it likes
     */
    static OptionalInt of(ChatRequest.Options asked, int otherwise) {
        int wanted = asked.thinking()
                .budget()
                .filter(tokens -> tokens > 0)
                .map(tokens -> (int) (tokens * ROOM))
                .orElse(otherwise);
        if (wanted == Integer.MAX_VALUE) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Math.min(wanted, (int) (asked.maxOutputTokens() * MOST_OF_A_REPLY)));
    }
}
