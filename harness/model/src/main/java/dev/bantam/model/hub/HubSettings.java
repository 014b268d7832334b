package dev.bantam.model.hub;

import dev.bantam.api.ModelException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the hub is, and how patient to be with it.
 *
 * @param endpoint without a slash at the end
 * @param token sent to the endpoint's host alone
 * @param silence after so long without a byte a connection counts as broken
 * @param pause before the first new try; doubled with each that brings nothing
 * @param tries so many in a row may bring nothing
 */
public record HubSettings(URI endpoint, Optional<String> token, Duration silence, Duration pause, int tries) {
    private static final String USUAL = "https://huggingface.co";

    /**
     * Reads {@code HF_ENDPOINT} and {@code HF_TOKEN}.
     *
     * @throws ModelException when the address is none
     */
    public static HubSettings of(Function<String, Optional<String>> environment) throws ModelException {
        String address = set(environment, "HF_ENDPOINT").orElse(USUAL).replaceAll("/+$", "");
        return new HubSettings(
                endpoint(address), set(environment, "HF_TOKEN"), Duration.ofSeconds(60), Duration.ofSeconds(1), 6);
    }

    private static URI endpoint(String address) throws ModelException {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new ModelException(
                ModelException.Kind.REJECTED,
                "HF_ENDPOINT is \"" + address + "\", which is no address. Write it like " + USUAL);
    }

    private static Optional<String> set(Function<String, Optional<String>> environment, String name) {
        return environment.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }
}
