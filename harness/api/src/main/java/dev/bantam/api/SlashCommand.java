package dev.bantam.api;

import java.util.function.UnaryOperator;

/**
 * A command for the person at the prompt.
 *
 * @param name without the slash
 * @param run takes what stands behind the name and gives the text to show
 */
public record SlashCommand(String name, String help, UnaryOperator<String> run) {}
