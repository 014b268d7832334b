package dev.bantam.engine.gguf;

import dev.bantam.engine.ModelFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file's key-value section, read with the type and range that the caller needs; anything else is an error. */
public final class Metadata {
    private final Path file;
    private final Map<String, Object> values;

    /** Values of {@code file}, which messages name; also of a file in another format that says the same things. */
    public Metadata(Path file, Map<String, Object> values) {
        this.file = file;
        this.values = values;
    }

    /** All values, read only: strings, numbers (unsigned ones widened), booleans, and lists of these. */
    public Map<String, Object> asMap() {
        return values;
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public int integer(String key, int min, int max) throws ModelFileException {
        return range(key, required(key), min, max);
    }

    public int integer(String key, int min, int max, int otherwise) throws ModelFileException {
        return has(key) ? range(key, values.get(key), min, max) : otherwise;
    }

    /** A finite number above zero. */
    public float positive(String key) throws ModelFileException {
        Object value = required(key);
        if (value instanceof Number number && number.floatValue() > 0 && Float.isFinite(number.floatValue())) {
            return number.floatValue();
        }
        throw wrong(key, value, "a number above zero");
    }

    public String string(String key) throws ModelFileException {
        return string(key, required(key));
    }

    public Optional<String> optionalString(String key) throws ModelFileException {
        return has(key) ? Optional.of(string(key, values.get(key))) : Optional.empty();
    }

    public boolean flag(String key, boolean otherwise) throws ModelFileException {
        Object value = values.getOrDefault(key, otherwise);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, value, "true or false");
    }

    public <T> List<T> list(String key, Class<T> element) throws ModelFileException {
        Object value = required(key);
        if (value instanceof List<?> list && list.stream().allMatch(element::isInstance)) {
            return list.stream().map(element::cast).toList();
        }
        throw wrong(key, value, "a list of " + element.getSimpleName());
    }

    public ModelFileException wrong(String key, Object value, String expected) {
        return new ModelFileException(file, "metadata " + key, value, expected);
    }

    private Object required(String key) throws ModelFileException {
        Object value = values.get(key);
        if (value == null) {
            throw wrong(key, "missing", "the file to have this key");
        }
        return value;
    }

    private int range(String key, Object value, int min, int max) throws ModelFileException {
        boolean whole =
                value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long;
        if (whole && ((Number) value).longValue() >= min && ((Number) value).longValue() <= max) {
            return ((Number) value).intValue();
        }
        throw wrong(key, value, "a whole number from %d to %d".formatted(min, max));
    }

    private String string(String key, Object value) throws ModelFileException {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(key, value, "a string");
    }
}
