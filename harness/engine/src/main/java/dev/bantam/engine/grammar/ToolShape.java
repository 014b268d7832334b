package dev.bantam.engine.grammar;

import java.util.Map;

/**
 * A tool that may be called.
 *
 * @param parameters a JSON Schema of an object, as maps, lists, strings, numbers and booleans
 */
public record ToolShape(String name, Map<String, Object> parameters) {
    public ToolShape {
        parameters = Map.copyOf(parameters);
    }
}
