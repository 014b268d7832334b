package dev.bantam.model.local.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON as Python's {@code json.dumps(…, ensure_ascii=False)} writes it, with a blank after every comma and colon: what
 * chat templates print, and so what models were trained on.
 */
final class PythonJson {
    private static final ObjectMapper SCALARS = new ObjectMapper();

    private PythonJson() {}

    static String write(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> write(entry.getKey()) + ": " + write(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(PythonJson::write).collect(Collectors.joining(", ", "[", "]"));
            case null, default -> scalar(value);
        };
    }

    private static String scalar(Object value) {
        try {
            return SCALARS.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON value: " + value, e);
        }
    }
}
