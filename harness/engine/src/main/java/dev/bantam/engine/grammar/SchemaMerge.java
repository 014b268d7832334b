package dev.bantam.engine.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Two schemas in one that holds both; where that can be told only later, as of references, it is an {@code allOf}. */
final class SchemaMerge {
    private static final Set<String> LOWER_BOUNDS = Set.of("minimum", "exclusiveMinimum", "minItems");
    private static final Set<String> UPPER_BOUNDS = Set.of("maximum", "exclusiveMaximum", "maxItems");
    private static final Set<String> LATER = Set.of("$ref", "anyOf", "oneOf");

    private SchemaMerge() {}

    /** {@code false} when one of them is, or their types exclude each other. */
    static Object of(Object one, Object other) {
        if (one == Boolean.FALSE || other == Boolean.FALSE) {
            return false;
        }
        if (!(one instanceof Map<?, ?>)) {
            return other;
        }
        return other instanceof Map<?, ?> ? merged(Schemas.map(one), Schemas.map(other)) : one;
    }

    private static Object merged(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> merged = new LinkedHashMap<>(one);
        Stream.Builder<Object> later = Stream.builder();
        other.forEach((word, value) -> {
            Object present = merged.putIfAbsent(word, value);
            if (LATER.contains(word) && present != null && value != null && !present.equals(value)) {
                later.add(Map.of(word, value));
            } else if (present instanceof Number first && value instanceof Number second) {
                merged.put(word, tighter(word, first, second));
            }
        });
        if (one.containsKey("type") && other.containsKey("type")) {
            List<String> types = new ArrayList<>(Schemas.types(one));
            types.retainAll(Schemas.types(other));
            if (types.isEmpty()) {
                return false;
            }
            merged.put("type", types);
        }
        List<?> values = Schemas.values(one);
        List<?> others = Schemas.values(other);
        if (values != null && others != null) {
            merged.remove("const");
            merged.put("enum", Schemas.common(values, others));
        }
        merged.put(
                "allOf", distinct(Stream.of(all(one), all(other), later.build()).flatMap(every -> every)));
        if (one.containsKey("required") && other.containsKey("required")) {
            Set<String> required = new LinkedHashSet<>(Schemas.required(one));
            required.addAll(Schemas.required(other));
            merged.put("required", List.copyOf(required));
        }
        mergeMembers(one, other, merged);
        mergeItems(one, other, merged);
        return merged;
    }

    private static void mergeMembers(Map<String, Object> one, Map<String, Object> other, Map<String, Object> merged) {
        Set<String> names = new LinkedHashSet<>(Schemas.named(one).keySet());
        names.addAll(Schemas.named(other).keySet());
        if (!names.isEmpty()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            for (String name : names) {
                properties.put(name, both(property(one, name), property(other, name)));
            }
            merged.put("properties", properties);
        }
        if (one.containsKey("additionalProperties") && other.containsKey("additionalProperties")) {
            merged.put(
                    "additionalProperties", both(one.get("additionalProperties"), other.get("additionalProperties")));
        }
    }

    private static Object property(Map<String, Object> schema, String name) {
        return Schemas.named(schema).getOrDefault(name, schema.getOrDefault("additionalProperties", true));
    }

    private static void mergeItems(Map<String, Object> one, Map<String, Object> other, Map<String, Object> merged) {
        int leading = Math.max(
                Schemas.leadingItems(one).size(), Schemas.leadingItems(other).size());
        List<Object> first = new ArrayList<>();
        for (int i = 0; i < leading; i++) {
            first.add(both(item(one, i), item(other, i)));
        }
        Object rest = both(Schemas.otherItems(one), Schemas.otherItems(other));
        if (leading > 0) {
            merged.put("prefixItems", first);
        }
        if (leading > 0 || rest != Boolean.TRUE) {
            merged.put("items", rest);
        }
    }

    private static Object item(Map<String, Object> schema, int index) {
        List<?> leading = Schemas.leadingItems(schema);
        return index < leading.size() ? leading.get(index) : Schemas.otherItems(schema);
    }

    /** Merged when they are read, as they may refer to themselves. */
    private static Object both(Object one, Object other) {
        if (one == Boolean.FALSE || other == Boolean.FALSE) {
            return false;
        }
        if (!(one instanceof Map<?, ?> first)) {
            return other instanceof Map<?, ?> ? other : true;
        }
        if (!(other instanceof Map<?, ?> second) || first.equals(second)) {
            return one;
        }
        return Map.of("allOf", distinct(Stream.concat(parts(first), parts(second))));
    }

    private static Stream<?> parts(Map<?, ?> schema) {
        return schema.size() == 1 && schema.containsKey("allOf") ? all(schema) : Stream.of(schema);
    }

    private static Stream<?> all(Map<?, ?> schema) {
        return schema.get("allOf") instanceof List<?> list ? list.stream() : Stream.of();
    }

    private static List<?> distinct(Stream<?> schemas) {
        return schemas.filter(Objects::nonNull).distinct().toList();
    }

    private static Number tighter(String word, Number one, Number other) {
        BigDecimal first = NumberBounds.decimal(one);
        BigDecimal second = NumberBounds.decimal(other);
        if (first == null || second == null) {
            return first == null ? other : one;
        }
        boolean larger = first.compareTo(second) > 0;
        return LOWER_BOUNDS.contains(word) && larger || UPPER_BOUNDS.contains(word) && !larger ? one : other;
    }
}
