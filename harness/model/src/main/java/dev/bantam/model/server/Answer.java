package dev.bantam.model.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A whole HTTP response. Header names are in lower case. */
public record Answer(int status, Map<String, String> headers, String body) {

    static Map<String, String> flat(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> !header.getValue().isEmpty())
                .collect(java.util.stream.Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> header.getValue().getFirst(),
                        (first, second) -> first));
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The body as JSON; a missing node when it is none or when the request failed. */
    public JsonNode json() {
        return ok() ? Json.read(body).orElse(MissingNode.getInstance()) : MissingNode.getInstance();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
