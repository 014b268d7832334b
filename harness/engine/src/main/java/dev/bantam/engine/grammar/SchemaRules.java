package dev.bantam.engine.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules for the JSON values of a schema, with the white space of Python's {@code json.dumps}.
 *
 * <p>Properties come in the schema's order, and no others; an object without {@code properties} is free. {@code anyOf} and
 * {@code oneOf} are a choice, {@code allOf} is merged, property by property. Of a number's bounds the sign and small ranges of integers are held.
 * Lengths, patterns, formats, uniqueness, {@code not} and conditions are ignored, which only widens. Values nest to a
 * limit, where recursion ends. A schema that cannot be understood or fulfilled is free JSON.
 */
final class SchemaRules {
    private static final int DEPTH = 24; // objects, arrays, references and alternatives
    private static final int MOST_ITEMS = 4096; // counted one by one
    private static final int MOST_RULES = 20_000; // after which nothing further is possible

    private final Parts parts;
    private final Scalars scalars;
    private final FreeJson free;
    private final Map<String, Object> root;
    private final Map<Place, Node> rules = new HashMap<>(); // null: not possible

    private record Place(Map<String, Object> schema, int depth, Argument argument) {}

    /** A string argument of a call, which may be bound. */
    record Argument(String tool, String name) {}

    /** @param root where references are resolved */
    SchemaRules(FreeJson free, Map<String, Object> root) {
        this.parts = free.parts();
        this.scalars = free.scalars();
        this.free = free;
        this.root = root;
    }

    /** The rule for a value; null only for a vocabulary that cannot write JSON. */
    Node value(Object schema) {
        return argument(schema, null);
    }

    /** The same; strings are bound when there is an argument. */
    Node argument(Object schema, Argument argument) {
        Node rule = value(schema, DEPTH, argument);
        return rule == null ? free.value() : rule;
    }

    /** The rule for the arguments of a tool: an object with these properties only. */
    Node arguments(String tool) {
        Map<String, Object> schema = Schemas.map(root);
        if (Schemas.properties(schema).isEmpty()) {
            return schema.get("additionalProperties") instanceof Map<?, ?>
                            || schema.get("additionalProperties") == Boolean.TRUE
                    ? object(schema, DEPTH, null)
                    : parts.literal("{}", Node.END);
        }
        return object(schema, DEPTH, tool);
    }

    private Node value(Object schema, int depth, Argument argument) {
        if (depth < 0) {
            return null;
        }
        if (!(schema instanceof Map<?, ?>)) {
            return schema == Boolean.FALSE ? null : free.value(depth, argument);
        }
        Place place = new Place(Schemas.map(schema), depth, argument);
        if (!rules.containsKey(place)) {
            rules.put(place, rules.size() < MOST_RULES ? choice(place.schema(), depth, argument) : null);
        }
        return rules.get(place);
    }

    private Node choice(Map<String, Object> schema, int depth, Argument argument) {
        Map<String, Object> base = new LinkedHashMap<>(schema);
        if (base.remove("$ref") instanceof String reference) {
            return value(SchemaMerge.of(Schemas.resolve(root, reference), base), depth - 1, argument);
        }
        for (String word : List.of("anyOf", "oneOf")) {
            if (base.remove(word) instanceof List<?> alternatives && !alternatives.isEmpty()) {
                return Parts.fork(alternatives.stream()
                        .map(one -> value(SchemaMerge.of(base, one), depth - 1, argument))
                        .toList());
            }
        }
        if (base.remove("allOf") instanceof List<?> all && !all.isEmpty()) {
            Object merged = base;
            for (Object one : all) {
                merged = SchemaMerge.of(merged, one);
            }
            return value(merged, depth - 1, argument);
        }
        List<?> values = Schemas.values(schema);
        if (values != null) {
            return literals(values, schema);
        }
        List<String> types = Schemas.types(schema);
        return types.isEmpty()
                ? free.value(depth, argument)
                : Parts.fork(types.stream()
                        .map(type -> ofType(type, schema, depth, argument))
                        .toList());
    }

    private Node literals(List<?> values, Map<String, Object> schema) {
        List<String> types = schema.containsKey("type") ? Schemas.types(schema) : List.of();
        List<Node> nodes = new ArrayList<>();
        for (Object value : values) {
            String text = JsonText.of(value);
            BigDecimal number = NumberBounds.decimal(value);
            if (text != null && Schemas.isOf(value, types) && (number == null || NumberBounds.hold(schema, number))) {
                nodes.add(parts.literal(text, Node.END));
            }
        }
        return Parts.fork(nodes);
    }

    private Node ofType(String type, Map<String, Object> schema, int depth, Argument argument) {
        return switch (type) {
            case "string" -> scalars.string(argument);
            case "integer" -> scalars.integer(schema);
            case "number" -> scalars.number(schema);
            case "boolean" -> scalars.truth();
            case "null" -> parts.literal("null", Node.END);
            case "array" -> array(schema, depth);
            default -> object(schema, depth, null);
        };
    }

    private Node object(Map<String, Object> schema, int depth, String tool) {
        Map<String, Object> properties = Schemas.properties(schema);
        if (properties.isEmpty()) {
            Object additional = schema.getOrDefault("additionalProperties", true);
            Node value = value(additional, depth - 1, null);
            return value == null ? parts.literal("{}", Node.END) : free.object(value);
        }
        return members(properties, Schemas.required(schema), depth, tool);
    }

    /** Back to front: at each property either none was written yet, or some and a comma comes first. */
    private Node members(Map<String, Object> properties, Set<String> required, int depth, String tool) {
        Node first = parts.literal("}", Node.END);
        Node rest = first;
        for (String name : List.copyOf(properties.keySet()).reversed()) {
            Object schema = properties.get(name);
            Node value = tool == null ? value(schema, depth - 1, null) : argument(schema, new Argument(tool, name));
            String key = JsonText.of(name);
            Node member = key == null ? null : parts.literal(key + ": ", Parts.call(value, rest));
            boolean optional = !required.contains(name);
            rest = Parts.fork(parts.literal(", ", member), optional ? rest : null);
            first = Parts.fork(member, optional ? first : null);
        }
        return parts.literal("{", first);
    }

    private Node array(Map<String, Object> schema, int depth) {
        List<?> leading = Schemas.leadingItems(schema);
        Node item = value(Schemas.otherItems(schema), depth - 1, null);
        int least = count(schema.get("minItems"), 0);
        int most = count(schema.get("maxItems"), Integer.MAX_VALUE);
        if (least > most) {
            return null;
        }
        boolean bounded = most <= MOST_ITEMS;
        int listed = bounded ? most : Math.max(1, Math.max(leading.size(), Math.min(least, MOST_ITEMS)));
        Node close = parts.literal("]", Node.END);
        if (close == null || listed == 0) {
            return least == 0 ? parts.literal("[", close) : null;
        }
        Node rest = close; // after as many items as are listed
        if (!bounded) {
            Node.Fork loop = new Node.Fork();
            loop.to.add(close);
            Node further = parts.literal(", ", Parts.call(item, loop));
            if (further != null) {
                loop.to.add(further);
            }
            rest = loop;
        }
        for (int i = listed - 1; i >= 0; i--) {
            Node at = i < leading.size() ? value(leading.get(i), depth - 1, null) : item;
            Node one = Parts.call(at, rest);
            rest = Parts.fork(i >= least ? close : null, i == 0 ? one : parts.literal(", ", one));
        }
        return parts.literal("[", rest);
    }

    private static int count(Object value, int otherwise) {
        return value instanceof Number number && number.doubleValue() >= 0
                ? (int) Math.min(number.doubleValue(), Integer.MAX_VALUE)
                : otherwise;
    }
}
