package dev.bantam.api;

import java.util.Optional;

/**
 * How long a model may think before it answers.
 *
 * @param budget tokens; 0 switches thinking off; empty leaves it to the model
 */
public record ThinkingLevel(Optional<Integer> budget) {
    public static final ThinkingLevel MODEL_DEFAULT = new ThinkingLevel(Optional.empty());
    public static final ThinkingLevel OFF = new ThinkingLevel(Optional.of(0));
    public static final ThinkingLevel LOW = new ThinkingLevel(Optional.of(1_024));
    public static final ThinkingLevel MEDIUM = new ThinkingLevel(Optional.of(4_096));
    public static final ThinkingLevel HIGH = new ThinkingLevel(Optional.of(16_384));

    /**
     * @param word {@code off}, {@code low}, {@code medium}, {@code high} or a number of tokens
     * @throws IllegalArgumentException when it is none of these
     */
    public static ThinkingLevel parse(String word) {
        return switch (word) {
            case "off" -> OFF;
            case "low" -> LOW;
            case "medium" -> MEDIUM;
            case "high" -> HIGH;
            default -> {
                if (!word.matches("\\d{1,7}")) {
                    throw new IllegalArgumentException(
                            "thinking is off, low, medium, high or a number of tokens, not \"" + word + "\"");
                }
                yield new ThinkingLevel(Optional.of(Integer.parseInt(word)));
            }
        };
    }

    public boolean off() {
        return budget.isPresent() && budget.get() == 0;
    }

    /** The level's name, the number of tokens, or {@code default}. */
    public String word() {
        if (equals(MODEL_DEFAULT)) {
            return "default";
        }
        return off()
                ? "off"
                : equals(LOW) ? "low" : equals(MEDIUM) ? "medium" : equals(HIGH) ? "high" : "" + budget.get();
    }
}
