package dev.bantam.model.local.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What may stand after {@code is}. */
final class Tests {
    private Tests() {}

    static boolean holds(String name, Object value, Arguments arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence", "iterable" ->
                value instanceof String
                        || value instanceof List<?>
                        || value instanceof Map<?, ?>
                        || value instanceof Undefined;
            case "number" -> Values.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "callable" -> value instanceof Function;
            case "odd" -> Math.floorMod(Values.whole(value), 2) == 1;
            case "even" -> Math.floorMod(Values.whole(value), 2) == 0;
            case "divisibleby" -> Values.whole(value) % arguments.whole(0, "num", 1) == 0;
            case "lower" -> Values.text(value).equals(Values.text(value).toLowerCase(Locale.ROOT));
            case "upper" -> Values.text(value).equals(Values.text(value).toUpperCase(Locale.ROOT));
            case "equalto", "eq", "sameas" -> Values.same(value, arguments.get(0, "other"));
            case "ne" -> !Values.same(value, arguments.get(0, "other"));
            case "lt", "lessthan" -> Values.order(value, arguments.get(0, "other")) < 0;
            case "le" -> Values.order(value, arguments.get(0, "other")) <= 0;
            case "gt", "greaterthan" -> Values.order(value, arguments.get(0, "other")) > 0;
            case "ge" -> Values.order(value, arguments.get(0, "other")) >= 0;
            case "in" -> Values.contains(arguments.get(0, "seq"), value);
            default -> throw new TemplateException("the test " + name + " is not supported");
        };
    }
}
