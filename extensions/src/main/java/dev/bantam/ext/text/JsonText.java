package dev.bantam.ext.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON on one line. Takes the values that {@link dev.bantam.api.Arguments} holds. */
public final class JsonText {
    private JsonText() {}

    public static String of(Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quoted(text);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(entry.getKey().toString()) + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(JsonText::of).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        text.chars().forEach(character -> {
            switch (character) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (character < 0x20) {
                        json.append(String.format("\\u%04x", character));
                    } else {
                        json.append((char) character);
                    }
                }
            }
        });
        return json.append('"').toString();
    }
}
