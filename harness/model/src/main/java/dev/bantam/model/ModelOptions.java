package dev.bantam.model;

import dev.bantam.model.server.Timing;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How to reach a model.
 *
 * @param baseUrl another address than the provider's usual one
 * @param contextTokens the window to ask for, or to believe in, instead of what the server says
 * @param settings environment variables such as {@code OPENAI_API_KEY} and {@code OLLAMA_HOST}, or what the settings
 *     hold for them
 * @param offline refuses every address but this very machine's, before anything is sent
 */
public record ModelOptions(
        Optional<String> baseUrl,
        OptionalInt contextTokens,
        Function<String, Optional<String>> settings,
        boolean offline,
        Timing timing) {

    /** The usual servers, keys from the environment. */
    public static ModelOptions usual() {
        return new ModelOptions(
                Optional.empty(),
                OptionalInt.empty(),
                name -> Optional.ofNullable(System.getenv(name)),
                false,
                Timing.USUAL);
    }

    public ModelOptions withBaseUrl(String url) {
        return new ModelOptions(Optional.of(url), contextTokens, settings, offline, timing);
    }

    public ModelOptions withContextTokens(int tokens) {
        return new ModelOptions(baseUrl, OptionalInt.of(tokens), settings, offline, timing);
    }

    public ModelOptions withSettings(Function<String, Optional<String>> lookup) {
        return new ModelOptions(baseUrl, contextTokens, lookup, offline, timing);
    }

    public ModelOptions withOffline(boolean absolutely) {
        return new ModelOptions(baseUrl, contextTokens, settings, absolutely, timing);
    }

    public ModelOptions withTiming(Timing other) {
        return new ModelOptions(baseUrl, contextTokens, settings, offline, other);
    }
}
