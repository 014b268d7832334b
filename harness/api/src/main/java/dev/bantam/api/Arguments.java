package dev.bantam.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The arguments of a tool call, in the order in which the model wrote them. Values are JSON's: {@code String},
 * {@code Number}, {@code Boolean}, {@code null}, {@code List} and {@code Map} of these; all unmodifiable.
 *
 * <p>The dispatcher checks arguments against the tool's schema before the tool runs, so a tool may rely on required
 * ones being there and on their types.
 */
public record Arguments(Map<String, Object> values) {
    public static final Arguments NONE = new Arguments(Map.of());

    public Arguments {
        values = copy(values);
    }

    /** Arguments from alternating names and values. */
    public static Arguments of(Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Arguments(values);
    }

    /** A required text. */
    public String text(String name) {
        return optionalText(name)
                .orElseThrow(() -> new IllegalArgumentException("the argument " + name + " is missing"));
    }

    public Optional<String> optionalText(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public OptionalInt wholeNumber(String name) {
        return values.get(name) instanceof Number number
                ? OptionalInt.of(Math.clamp(number.longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    /** Whether a boolean argument is there and true. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    private static Map<String, Object> copy(Map<?, ?> source) {
        Map<String, Object> target = new LinkedHashMap<>();
        source.forEach((name, value) -> target.put((String) name, copyValue(value)));
        return Collections.unmodifiableMap(target);
    }

    private static Object copyValue(Object value) {
        return switch (value) {
            case Map<?, ?> map -> copy(map);
            case List<?> list -> {
                List<Object> target = new ArrayList<>();
                list.forEach(element -> target.add(copyValue(element)));
                yield Collections.unmodifiableList(target);
            }
            case null, default -> value;
        };
    }
}
