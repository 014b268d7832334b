package dev.bantam.evals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reply that a test puts into a model's mouth, whatever format the model speaks. */
record Said(String text, List<Call> calls, long delayMillis) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Call(String tool, Map<String, Object> arguments) {
        String argumentsAsJson() {
            return json(arguments);
        }
    }

    static Said text(String text) {
        return new Said(text, List.of(), 0);
    }

    /** @param arguments names and values in turn */
    static Said call(String tool, Object... arguments) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            values.put((String) arguments[i], arguments[i + 1]);
        }
        return new Said("", List.of(new Call(tool, values)), 0);
    }

    Said withText(String other) {
        return new Said(other, calls, delayMillis);
    }

    Said after(long millis) {
        return new Said(text, calls, millis);
    }

    String asScriptLine() {
        Map<String, Object> line = new LinkedHashMap<>();
        if (!text.isEmpty()) {
            line.put("text", text);
        }
        if (!calls.isEmpty()) {
            line.put("tool_calls", calls);
        }
        if (delayMillis > 0) {
            line.put("delay_ms", delayMillis);
        }
        return json(line);
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
