package dev.bantam.engine.grammar;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** JSON Schemas as maps: what their words say. */
final class Schemas {
    /** Words that say nothing about values. */
    private static final Set<String> ANNOTATIONS =
            Set.of("description", "title", "default", "examples", "$schema", "$id", "$comment", "$defs", "definitions");

    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "null", "array", "object");

    private Schemas() {}

    /** A copy with names as text and without annotations, in the same order. */
    static Map<String, Object> map(Object schema) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (schema instanceof Map<?, ?> given) {
            given.forEach((name, value) -> {
                if (!ANNOTATIONS.contains(String.valueOf(name))) {
                    map.put(String.valueOf(name), value);
                }
            });
        }
        return map;
    }

    /** The properties by name, in order, with those that are only required; a name may be any text. */
    static Map<String, Object> properties(Map<String, Object> schema) {
        Map<String, Object> properties = named(schema);
        Object additional = schema.get("additionalProperties");
        for (String name : required(schema)) {
            properties.putIfAbsent(name, additional instanceof Map<?, ?> ? additional : true);
        }
        return properties;
    }

    /** Those under {@code properties}. */
    static Map<String, Object> named(Map<String, Object> schema) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> properties.put(String.valueOf(name), value));
        }
        return properties;
    }

    static Set<String> required(Map<String, Object> schema) {
        Set<String> required = new LinkedHashSet<>();
        if (schema.get("required") instanceof List<?> names) {
            names.forEach(name -> required.add(String.valueOf(name)));
        }
        return required;
    }

    /** What a JSON pointer such as {@code #/$defs/node} leads to; {@code true}, anything, where it leads nowhere. */
    static Object resolve(Map<String, Object> root, String reference) {
        if (!reference.startsWith("#")) {
            return true;
        }
        Object at = root;
        for (String part : reference.substring(1).split("/")) {
            if (part.isEmpty()) {
                continue;
            }
            String name = unescaped(part);
            if (at instanceof Map<?, ?> map && map.containsKey(name)) {
                at = map.get(name);
            } else if (at instanceof List<?> list && name.matches("\\d{1,6}") && Integer.parseInt(name) < list.size()) {
                at = list.get(Integer.parseInt(name));
            } else {
                return true;
            }
        }
        return at;
    }

    private static String unescaped(String part) {
        String plain = part.matches("([^%]|%[0-9a-fA-F]{2})*")
                ? URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)
                : part;
        return plain.replace("~1", "/").replace("~0", "~");
    }

    /** The first items of an array one by one, in the words of any draft. */
    static List<?> leadingItems(Map<String, Object> schema) {
        return schema.get("prefixItems") instanceof List<?> list
                ? list
                : schema.get("items") instanceof List<?> list ? list : List.of();
    }

    /** The schema of the items after those. */
    static Object otherItems(Map<String, Object> schema) {
        Object word = schema.get("items") instanceof List<?> ? schema.get("additionalItems") : schema.get("items");
        return word == null ? Boolean.TRUE : word;
    }

    /** The only values that {@code const} and {@code enum} leave, or null without them. */
    static List<?> values(Map<String, Object> schema) {
        List<?> listed = schema.get("enum") instanceof List<?> list ? list : null;
        if (!schema.containsKey("const")) {
            return listed;
        }
        List<?> one = Collections.singletonList(schema.get("const"));
        return listed == null ? one : common(one, listed);
    }

    /** The values that are in both lists. */
    static List<?> common(List<?> values, List<?> others) {
        return values.stream()
                .filter(value -> others.stream().anyMatch(other -> same(value, other)))
                .toList();
    }

    private static boolean same(Object one, Object other) {
        BigDecimal first = NumberBounds.decimal(one);
        BigDecimal second = NumberBounds.decimal(other);
        return first != null && second != null ? first.compareTo(second) == 0 : Objects.equals(one, other);
    }

    /** The types that a schema names, or that its words belong to; empty when it names none that is known. */
    static List<String> types(Map<String, Object> schema) {
        List<?> named = schema.get("type") instanceof List<?> list
                ? list
                : schema.get("type") instanceof String type ? List.of(type) : List.of();
        List<String> types =
                new ArrayList<>(TYPES.stream().filter(named::contains).toList());
        if (types.contains("number") && !types.contains("integer")) {
            types.add("integer"); // so that both meet; the rule of a number covers it
        }
        if (!types.isEmpty() || schema.containsKey("type")) {
            return types;
        }
        if (schema.containsKey("properties")
                || schema.containsKey("required")
                || schema.containsKey("additionalProperties")) {
            return List.of("object");
        }
        return schema.containsKey("items") || schema.containsKey("prefixItems") ? List.of("array") : List.of();
    }

    /** Whether a value of {@code enum} or {@code const} has one of the types, if any are named. */
    static boolean isOf(Object value, List<String> types) {
        String type = switch (value) {
            case null -> "null";
            case String text -> "string";
            case Boolean truth -> "boolean";
            case Number number -> number.doubleValue() % 1 == 0 ? "integer" : "number";
            case List<?> list -> "array";
            default -> "object";
        };
        return types.isEmpty() || types.contains(type);
    }
}
