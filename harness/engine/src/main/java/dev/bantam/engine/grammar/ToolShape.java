package dev.bantam.engine.grammar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tool that may be called.
 *
 * @param parameters a JSON Schema of an object, as maps, lists, strings, numbers, booleans and nulls
 */
public record ToolShape(String name, Map<String, Object> parameters) {
    public ToolShape {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
