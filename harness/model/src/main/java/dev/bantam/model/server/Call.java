package dev.bantam.model.server;

import java.util.HashMap;
import java.util.Map;

/**
 * A request that asks for a stream.
 *
 * @param jsonLines whether the answer is JSON lines, and not server-sent events
 */
public record Call(String url, Map<String, String> headers, String body, boolean jsonLines) {
    public Call {
        headers = Map.copyOf(headers);
    }

    public Call withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Call(url, more, body, jsonLines);
    }
}
