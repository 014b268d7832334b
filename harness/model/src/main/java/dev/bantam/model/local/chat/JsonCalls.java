package dev.bantam.model.local.chat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.api.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Calls, and values, that are written as JSON. */
final class JsonCalls {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    private JsonCalls() {}

    /**
     * A call written as an object with a {@code name} and its arguments.
     *
     * @param field the arguments' name, such as {@code arguments}
     */
    static Optional<CallForm.Call> call(String object, String field) {
        try {
            JsonNode node = JSON.readTree(object);
            if (node == null
                    || !node.path("name").isTextual()
                    || !node.path(field).isObject()) {
                return Optional.empty();
            }
            return Optional.of(new CallForm.Call(
                    node.get("name").asText(), arguments(node.get(field)), Optional.of(slice(object, field))));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Where the JSON value ends that begins at {@code start}; -1 when there is none. */
    static int end(String text, int start) {
        try (JsonParser parser = JSON.createParser(text.substring(start))) {
            if (parser.nextToken() == null) {
                return -1;
            }
            parser.skipChildren();
            parser.finishToken();
            return start + (int) parser.currentLocation().getCharOffset();
        } catch (IOException e) {
            return -1;
        }
    }

    /** Arguments written as one object. */
    static Optional<Arguments> arguments(String object) {
        try {
            JsonNode node = JSON.readTree(object);
            return node != null && node.isObject() ? Optional.of(arguments(node)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Arguments arguments(JsonNode object) {
        return new Arguments(JSON.convertValue(object, MAP));
    }

    /** A value; the text itself when it is no JSON. */
    static Object valueOrText(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null || node.isMissingNode() ? text : JSON.treeToValue(node, Object.class);
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    /** Whether the JSON ends inside a string. A line break ends what looked like one: JSON allows none inside. */
    static boolean endsInsideAString(CharSequence json) {
        boolean inside = false;
        for (int i = 0; i < json.length(); i++) {
            switch (json.charAt(i)) {
                case '"' -> inside = !inside;
                case '\\' -> i += inside ? 1 : 0;
                case '\n' -> inside = false;
                default -> {}
            }
        }
        return inside;
    }

    /** The bytes of a field of a JSON object, as they were written. */
    private static String slice(String object, String field) throws JsonProcessingException {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(field);
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (wanted) {
                    return object.substring(
                            start, (int) parser.currentLocation().getCharOffset());
                }
            }
            throw new IllegalArgumentException("no field " + field);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text can always be read", impossible);
        }
    }
}
