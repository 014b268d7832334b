package dev.bantam.model.local.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What values do in Python: truth, text, order, sums, elements. */
final class Values {
    private Values() {}

    /** A value from outside: numbers become {@code Long} or {@code Double}, collections copies. */
    static Object of(Object value) {
        return switch (value) {
            case null -> null;
            case Double real -> real;
            case Float real -> real.doubleValue();
            case java.math.BigDecimal real -> real.doubleValue();
            case java.math.BigInteger whole -> whole.bitLength() < 64 ? whole.longValue() : whole.doubleValue();
            case Number whole -> whole.longValue();
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, element) -> copy.put(of(key), of(element)));
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                list.forEach(element -> copy.add(of(element)));
                yield copy;
            }
            case String text -> text;
            case Boolean flag -> flag;
            case Function function -> function;
            default -> throw new IllegalArgumentException("no value for a template: " + value.getClass());
        };
    }

    static boolean truth(Object value) {
        return switch (value) {
            case null -> false;
            case Undefined undefined -> false;
            case Boolean flag -> flag;
            case String text -> !text.isEmpty();
            case Long whole -> whole != 0;
            case Double real -> real != 0;
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /** As {@code str()} writes it. */
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Undefined undefined -> "";
            case null, default -> representation(value);
        };
    }

    /** As {@code repr()} writes it. */
    static String representation(Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean flag -> flag ? "True" : "False";
            case Double real -> decimal(real);
            case Long whole -> whole.toString();
            case String text -> quoted(text);
            case List<?> list -> list.stream().map(Values::representation).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> representation(entry.getKey()) + ": " + representation(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> throw new TemplateException("a " + typeName(value) + " cannot be printed");
        };
    }

    static String decimal(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e16
                ? String.format(java.util.Locale.ROOT, "%.1f", value)
                : Double.toString(value).replace("E-", "e-0").replace("E", "e+");
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                case '\\' -> quoted.append("\\\\");
                default -> quoted.append(c == quote ? "\\" : "").append(c);
            }
        }
        return quoted.append(quote).toString();
    }

    static String typeName(Object value) {
        return switch (value) {
            case null -> "none";
            case Undefined undefined -> "undefined value";
            case Boolean flag -> "boolean";
            case String text -> "string";
            case Long whole -> "whole number";
            case Double real -> "number";
            case List<?> list -> "list";
            case Map<?, ?> map -> "mapping";
            case Function function -> "function";
            default -> value.getClass().getSimpleName();
        };
    }

    static long whole(Object value) {
        return switch (value) {
            case Long whole -> whole;
            case Boolean flag -> flag ? 1 : 0;
            case null, default -> throw new TemplateException("a " + typeName(value) + " is no whole number");
        };
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static double real(Object value) {
        return value instanceof Double real ? real : whole(value);
    }

    /** What a loop goes through. */
    static List<?> elements(Object value) {
        return switch (value) {
            case List<?> list -> list;
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text -> text.codePoints().mapToObj(Character::toString).toList();
            case Undefined undefined -> List.of();
            case null, default -> throw new TemplateException("a " + typeName(value) + " has no elements");
        };
    }

    static long length(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Map<?, ?> map -> map.size();
            case null, default -> elements(value).size();
        };
    }

    static boolean same(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Double || b instanceof Double ? real(a) == real(b) : whole(a) == whole(b);
        }
        return switch (a) {
            case Undefined undefined -> b instanceof Undefined;
            case List<?> list ->
                b instanceof List<?> other
                        && list.size() == other.size()
                        && java.util.stream.IntStream.range(0, list.size())
                                .allMatch(i -> same(list.get(i), other.get(i)));
            case Map<?, ?> map ->
                b instanceof Map<?, ?> other
                        && map.size() == other.size()
                        && map.entrySet().stream()
                                .allMatch(entry -> other.containsKey(entry.getKey())
                                        && same(entry.getValue(), other.get(entry.getKey())));
            case null, default -> Objects.equals(a, b);
        };
    }

    static int order(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Double || b instanceof Double
                    ? Double.compare(real(a), real(b))
                    : Long.compare(whole(a), whole(b));
        }
        if (a instanceof String left && b instanceof String right) {
            return left.compareTo(right);
        }
        throw new TemplateException("a " + typeName(a) + " and a " + typeName(b) + " have no order");
    }

    static boolean contains(Object container, Object element) {
        return switch (container) {
            case String text when element instanceof String part -> text.contains(part);
            case Map<?, ?> map -> map.containsKey(element);
            case List<?> list -> list.stream().anyMatch(one -> same(one, element));
            case Undefined undefined -> false;
            case null, default ->
                throw new TemplateException(
                        "a " + typeName(element) + " cannot be looked for in a " + typeName(container));
        };
    }

    /** An element by its number or key; undefined when there is none. */
    static Object item(Object object, Object key) {
        return switch (object) {
            case Undefined undefined -> throw undefined.used();
            case Map<?, ?> map when map.containsKey(key) -> map.get(key);
            case List<?> list
            when key instanceof Long index -> {
                long at = index < 0 ? index + list.size() : index;
                yield at >= 0 && at < list.size() ? list.get((int) at) : new Undefined("element " + index);
            }
            case String text
            when key instanceof Long index -> {
                List<?> characters = elements(text);
                yield item(characters, index);
            }
            case null, default ->
                key instanceof String name ? Attributes.of(object, name) : new Undefined("element " + text(key));
        };
    }

    static Object slice(Object object, Object start, Object stop, Object step) {
        if (object instanceof Undefined undefined) {
            throw undefined.used();
        }
        List<?> elements = elements(object);
        long by = step == null ? 1 : whole(step);
        if (by == 0) {
            throw new TemplateException("a slice with steps of 0");
        }
        int size = elements.size();
        long from = bound(start, by > 0 ? 0 : size - 1, size, by);
        long to = bound(stop, by > 0 ? size : -1, size, by);
        List<Object> chosen = new ArrayList<>();
        for (long i = from; by > 0 ? i < to : i > to; i += by) {
            chosen.add(elements.get((int) i));
        }
        return object instanceof String
                ? chosen.stream().map(String.class::cast).collect(Collectors.joining())
                : chosen;
    }

    private static long bound(Object given, long otherwise, int size, long step) {
        if (given == null) {
            return otherwise;
        }
        long value = whole(given) < 0 ? whole(given) + size : whole(given);
        return step > 0 ? Math.clamp(value, 0, size) : Math.clamp(value, -1, size - 1);
    }

    static Object binary(String operator, Object a, Object b) {
        if (a instanceof Undefined undefined) {
            throw undefined.used();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.used();
        }
        if (isNumber(a) && isNumber(b)) {
            return Numbers.binary(operator, a, b);
        }
        if (operator.equals("+") && a instanceof String left && b instanceof String right) {
            return left + right;
        }
        if (operator.equals("+") && a instanceof List<?> left && b instanceof List<?> right) {
            List<Object> joined = new ArrayList<>(left);
            joined.addAll(right);
            return joined;
        }
        if (operator.equals("*") && a instanceof String text && b instanceof Long times) {
            return text.repeat(Math.clamp(times, 0, 100_000));
        }
        if (operator.equals("*") && a instanceof List<?> list && b instanceof Long times) {
            return Collections.nCopies(Math.clamp(times, 0, 100_000), list).stream()
                    .flatMap(List::stream)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        if (operator.equals("%") && a instanceof String pattern) {
            return Texts.format(pattern, b instanceof List<?> list ? list : Collections.singletonList(b));
        }
        throw new TemplateException("a " + typeName(a) + " " + operator + " a " + typeName(b) + " is not possible");
    }
}
