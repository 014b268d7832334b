package dev.bantam.model.local.chat;

import dev.bantam.api.ToolSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tools as chat templates know them: OpenAI's functions. */
final class Functions {
    private Functions() {}

    /** {@code {"type": "function", "function": {"name", "description", "parameters"}}}, keys in this order. */
    static Map<String, Object> signature(ToolSpec tool) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        function.put("description", tool.description());
        function.put("parameters", tool.parameters().toJsonSchema());
        Map<String, Object> signature = new LinkedHashMap<>();
        signature.put("type", "function");
        signature.put("function", function);
        return signature;
    }
}
