package dev.bantam.api;

/**
 * Tokens of one reply or of a whole run.
 *
 * @param input tokens of the prompt, the cached ones included
 * @param output tokens generated
 * @param cached tokens of the prompt that were not read again
 */
public record Usage(long input, long output, long cached) {
    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage plus(Usage other) {
        return new Usage(input + other.input, output + other.output, cached + other.cached);
    }
}
