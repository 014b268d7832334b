package dev.bantam.core;

import dev.bantam.api.ThinkingLevel;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the model is asked in a session.
 *
 * @param maxOutputTokens wanted room for a reply; a quarter of the window is the most that is given
 */
public record AskOptions(ThinkingLevel thinking, OptionalDouble temperature, OptionalLong seed, int maxOutputTokens) {}
