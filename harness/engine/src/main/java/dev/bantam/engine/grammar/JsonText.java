package dev.bantam.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** JSON as Python's {@code json.dumps(value, ensure_ascii=False)} writes it, as chat templates do. */
final class JsonText {
    private JsonText() {}

    /** The text of a value, or null when it has none: no JSON, or a string with half a character. */
    static String of(Object value) {
        StringBuilder out = new StringBuilder();
        return write(value, out) ? out.toString() : null;
    }

    private static boolean write(Object value, StringBuilder out) {
        return switch (value) {
            case null -> put("null", out);
            case String text -> {
                byte[] spelled = Spelling.JSON.spell(text);
                yield spelled != null && put('"' + new String(spelled, StandardCharsets.UTF_8) + '"', out);
            }
            case Boolean truth -> put(truth.toString(), out);
            case Number number -> Double.isFinite(number.doubleValue()) && put(number.toString(), out);
            case List<?> list -> {
                boolean fine = put("[", out);
                for (int i = 0; i < list.size() && fine; i++) {
                    fine = put(i == 0 ? "" : ", ", out) && write(list.get(i), out);
                }
                yield fine && put("]", out);
            }
            case Map<?, ?> map -> {
                boolean fine = put("{", out);
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    fine = fine
                            && put(out.charAt(out.length() - 1) == '{' ? "" : ", ", out)
                            && entry.getKey() instanceof String key
                            && write(key, out)
                            && put(": ", out)
                            && write(entry.getValue(), out);
                }
                yield fine && put("}", out);
            }
            default -> false;
        };
    }

    private static boolean put(String text, StringBuilder out) {
        out.append(text);
        return true;
    }
}
