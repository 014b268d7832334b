package dev.bantam.model.remote;

/**
 * What a server says of a model.
 *
 * @param model its name there
 * @param window tokens that fit, prompt and reply together
 * @param certain whether the server itself gave that number for the model as it is loaded now
 */
public record Loaded(String model, int window, boolean certain, boolean images, boolean thinking) {}
