package dev.bantam.engine.jlama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.engine.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON object in a file, read with the type and range that the caller needs. */
record JsonFile(Path path, JsonNode root) {
    static JsonFile read(Path path) throws ModelFileException {
        try {
            return parse(path, Files.readAllBytes(path));
        } catch (IOException e) {
            throw e instanceof ModelFileException known ? known : new ModelFileException(path, e);
        }
    }

    /** The file, or an empty object when there is none. */
    static JsonFile readIfPresent(Path path) throws ModelFileException {
        return Files.exists(path) ? read(path) : new JsonFile(path, new ObjectMapper().createObjectNode());
    }

    static JsonFile parse(Path path, byte[] bytes) throws ModelFileException {
        try {
            JsonNode root = new ObjectMapper().readTree(bytes);
            if (!root.isObject()) {
                throw new ModelFileException(path, "content", "no JSON object", "one");
            }
            return new JsonFile(path, root);
        } catch (JsonProcessingException e) {
            throw new ModelFileException(path, "content", "no JSON (" + e.getOriginalMessage() + ")", "a JSON object");
        } catch (IOException e) {
            throw new ModelFileException(path, e);
        }
    }

    boolean has(String name) {
        return root.hasNonNull(name);
    }

    int integer(String name, int min, int max) throws ModelFileException {
        JsonNode value = root.path(name);
        if (!value.isIntegralNumber() || value.longValue() < min || value.longValue() > max) {
            throw wrong(name, "a whole number from %d to %d".formatted(min, max));
        }
        return value.intValue();
    }

    int integer(String name, int min, int max, int otherwise) throws ModelFileException {
        return has(name) ? integer(name, min, max) : otherwise;
    }

    double positive(String name, double otherwise) throws ModelFileException {
        if (!has(name)) {
            return otherwise;
        }
        double value = root.path(name).doubleValue();
        if (!root.path(name).isNumber() || !(value > 0) || !Double.isFinite(value)) {
            throw wrong(name, "a number above zero");
        }
        return value;
    }

    String text(String name) throws ModelFileException {
        if (!root.path(name).isTextual()) {
            throw wrong(name, "a string");
        }
        return root.path(name).textValue();
    }

    boolean flag(String name, boolean otherwise) {
        return root.path(name).asBoolean(otherwise);
    }

    /** The object under a name, with the same file in its messages. */
    JsonFile object(String name) throws ModelFileException {
        if (!root.path(name).isObject()) {
            throw wrong(name, "an object");
        }
        return new JsonFile(path, root.path(name));
    }

    ModelFileException wrong(String name, String expected) {
        JsonNode value = root.path(name);
        return new ModelFileException(path, name, value.isMissingNode() ? "missing" : value, expected);
    }
}
