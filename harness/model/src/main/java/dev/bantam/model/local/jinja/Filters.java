package dev.bantam.model.local.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What may stand after a bar. */
final class Filters {
    private Filters() {}

    static Object apply(String name, Object value, Arguments arguments) {
        return switch (name) {
            case "trim" ->
                Texts.strip(
                        Values.text(value),
                        arguments.has(0, "chars") ? Optional.of(arguments.text(0, "chars")) : Optional.empty(),
                        true,
                        true);
            case "tojson" -> json(value, arguments);
            case "string" -> Values.text(value);
            case "safe" -> value;
            case "length", "count" -> Values.length(value);
            case "list" -> new ArrayList<Object>(Values.elements(value));
            case "items" -> value instanceof Undefined ? List.of() : Attributes.items(mapping(value));
            case "dictsort" -> dictSort(mapping(value));
            case "default", "d" ->
                value instanceof Undefined || Values.truth(arguments.get(1, "boolean", false)) && !Values.truth(value)
                        ? arguments.get(0, "default_value", "")
                        : value;
            case "first" -> Values.elements(value).isEmpty() ? new Undefined("the first of nothing") : first(value);
            case "last" ->
                Values.elements(value).isEmpty()
                        ? new Undefined("the last of nothing")
                        : Values.elements(value).getLast();
            case "upper" -> Values.text(value).toUpperCase(Locale.ROOT);
            case "lower" -> Values.text(value).toLowerCase(Locale.ROOT);
            case "title" -> Texts.title(Values.text(value));
            case "capitalize" -> Texts.capitalize(Values.text(value));
            case "replace" ->
                Texts.method(Values.text(value), "replace").orElseThrow().call(arguments);
            case "split" ->
                Texts.method(Values.text(value), "split").orElseThrow().call(arguments);
            case "join" -> join(value, arguments);
            case "indent" -> indent(Values.text(value), arguments);
            case "format" -> Texts.format(Values.text(value), arguments.positional());
            case "reverse" ->
                value instanceof String text
                        ? new StringBuilder(text).reverse().toString()
                        : new ArrayList<Object>(Values.elements(value).reversed());
            case "sort" -> sort(value, arguments);
            case "unique" -> unique(value);
            case "map" -> map(value, arguments);
            case "select" -> choose(value, arguments, false, true);
            case "reject" -> choose(value, arguments, false, false);
            case "selectattr" -> choose(value, arguments, true, true);
            case "rejectattr" -> choose(value, arguments, true, false);
            case "sum" ->
                Values.elements(value).stream()
                        .<Object>map(one -> one)
                        .reduce(arguments.get(1, "start", 0L), (a, b) -> Values.binary("+", a, b));
            case "max" -> Values.elements(value).stream().max(Values::order).orElse(null);
            case "min" -> Values.elements(value).stream().min(Values::order).orElse(null);
            case "abs" -> value instanceof Double real ? (Object) Math.abs(real) : Math.abs(Values.whole(value));
            case "round" -> (double) Math.round(Values.real(value));
            case "int" -> whole(value, arguments);
            case "float" -> value instanceof String text ? Double.parseDouble(text) : Values.real(value);
            case "attr" -> Attributes.of(value, arguments.text(0, "name"));
            default -> throw new TemplateException("the filter " + name + " is not supported");
        };
    }

    private static Object first(Object value) {
        return Values.elements(value).getFirst();
    }

    private static Map<?, ?> mapping(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new TemplateException("a " + Values.typeName(value) + " is no mapping");
    }

    private static String json(Object value, Arguments arguments) {
        Object sorted = Values.truth(arguments.get(Integer.MAX_VALUE, "sort_keys", false)) ? sortedKeys(value) : value;
        Object indent = arguments.get(0, "indent", null);
        Object separators = arguments.get(Integer.MAX_VALUE, "separators", null);
        List<?> pair = separators == null ? List.of() : Values.elements(separators);
        return JsonText.write(
                sorted,
                Values.truth(arguments.get(Integer.MAX_VALUE, "ensure_ascii", false)),
                indent == null ? -1 : (int) Values.whole(indent),
                pair.size() == 2 ? Values.text(pair.getFirst()) : indent == null ? ", " : ",",
                pair.size() == 2 ? Values.text(pair.getLast()) : ": ");
    }

    private static Object sortedKeys(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, Object> sorted = new LinkedHashMap<>();
                map.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> Values.text(entry.getKey())))
                        .forEach(entry -> sorted.put(entry.getKey(), sortedKeys(entry.getValue())));
                yield sorted;
            }
            case List<?> list ->
                list.stream().map(Filters::sortedKeys).collect(Collectors.toCollection(ArrayList::new));
            case null, default -> value;
        };
    }

    private static List<Object> dictSort(Map<?, ?> map) {
        return Attributes.items(map).stream()
                .sorted((a, b) -> Values.text(Values.item(a, 0L)).compareToIgnoreCase(Values.text(Values.item(b, 0L))))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String join(Object value, Arguments arguments) {
        UnaryOperator<Object> attribute =
                arguments.has(1, "attribute") ? one -> path(one, arguments.get(1, "attribute")) : one -> one;
        return Values.elements(value).stream()
                .map(one -> Values.text(attribute.apply(one)))
                .collect(Collectors.joining(arguments.has(0, "d") ? arguments.text(0, "d") : ""));
    }

    private static String indent(String text, Arguments arguments) {
        Object width = arguments.get(0, "width", 4L);
        String blanks = width instanceof String given ? given : " ".repeat((int) Values.whole(width));
        boolean first = Values.truth(arguments.get(1, "first", false));
        boolean blank = Values.truth(arguments.get(2, "blank", false));
        List<String> lines = List.of(text.split("\n", -1));
        StringBuilder indented = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            indented.append(i > 0 ? "\n" : "")
                    .append(i == 0 ? first ? blanks : "" : line.isEmpty() && !blank ? "" : blanks)
                    .append(line);
        }
        return indented.toString();
    }

    private static List<Object> sort(Object value, Arguments arguments) {
        boolean reverse = Values.truth(arguments.get(0, "reverse", false));
        boolean caseSensitive = Values.truth(arguments.get(1, "case_sensitive", false));
        Object attribute = arguments.get(2, "attribute", null);
        Comparator<Object> order = (a, b) -> {
            Object left = attribute == null ? a : path(a, attribute);
            Object right = attribute == null ? b : path(b, attribute);
            return !caseSensitive && left instanceof String l && right instanceof String r
                    ? l.compareToIgnoreCase(r)
                    : Values.order(left, right);
        };
        List<Object> sorted = new ArrayList<>(Values.elements(value));
        sorted.sort(reverse ? order.reversed() : order);
        return sorted;
    }

    private static List<Object> unique(Object value) {
        List<Object> unique = new ArrayList<>();
        for (Object one : Values.elements(value)) {
            if (unique.stream().noneMatch(known -> Values.same(known, one))) {
                unique.add(one);
            }
        }
        return unique;
    }

    private static List<Object> map(Object value, Arguments arguments) {
        List<Object> mapped = new ArrayList<>();
        for (Object one : present(value)) {
            if (arguments.named().containsKey("attribute")) {
                Object found = path(one, arguments.named().get("attribute"));
                mapped.add(
                        found instanceof Undefined && arguments.named().containsKey("default")
                                ? arguments.named().get("default")
                                : found);
            } else {
                mapped.add(apply(arguments.text(0, "filter"), one, rest(arguments, 1)));
            }
        }
        return mapped;
    }

    private static List<Object> choose(Object value, Arguments arguments, boolean byAttribute, boolean wanted) {
        int test = byAttribute ? 1 : 0;
        List<Object> chosen = new ArrayList<>();
        for (Object one : present(value)) {
            Object tested = byAttribute ? path(one, arguments.get(0, "attribute")) : one;
            boolean holds = arguments.count() > test
                    ? test(arguments.text(test, "test"), tested, rest(arguments, test + 1))
                    : Values.truth(tested);
            if (holds == wanted) {
                chosen.add(one);
            }
        }
        return chosen;
    }

    /** Nothing for what is false, none for example. */
    private static List<?> present(Object value) {
        return Values.truth(value) ? Values.elements(value) : List.of();
    }

    private static boolean test(String name, Object value, Arguments arguments) {
        return switch (name) {
            case "==" -> Tests.holds("eq", value, arguments);
            case "!=" -> Tests.holds("ne", value, arguments);
            case "<" -> Tests.holds("lt", value, arguments);
            case ">" -> Tests.holds("gt", value, arguments);
            case "<=" -> Tests.holds("le", value, arguments);
            case ">=" -> Tests.holds("ge", value, arguments);
            default -> Tests.holds(name, value, arguments);
        };
    }

    private static Arguments rest(Arguments arguments, int from) {
        return new Arguments(arguments.positional().subList(from, arguments.count()), arguments.named());
    }

    /** An attribute, or one of an attribute: {@code function.name}. */
    private static Object path(Object value, Object path) {
        if (path instanceof Long index) {
            return Values.item(value, index);
        }
        Object found = value;
        for (String name : Values.text(path).split("\\.")) {
            found = Values.item(found, name);
        }
        return found;
    }

    private static Object whole(Object value, Arguments arguments) {
        try {
            return switch (value) {
                case String text -> Long.parseLong(text.strip());
                case Double real -> real.longValue();
                case null, default -> Values.whole(value);
            };
        } catch (NumberFormatException | TemplateException e) {
            return arguments.get(0, "default", 0L);
        }
    }
}
