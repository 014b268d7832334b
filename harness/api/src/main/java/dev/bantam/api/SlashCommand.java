package dev.bantam.api;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A command for the person at the prompt.
 *
 * @param name without the slash; a colon may part it, as in {@code skill:bash}
 * @param run takes what stands behind the name and gives the text to show
 * @param prompt takes the same after {@link #run}, and gives what the model is asked then, if anything
 */
public record SlashCommand(
        String name, String help, UnaryOperator<String> run, Function<String, Optional<String>> prompt) {
    /** A command that asks the model nothing. */
    public SlashCommand(String name, String help, UnaryOperator<String> run) {
        this(name, help, run, rest -> Optional.empty());
    }
}
