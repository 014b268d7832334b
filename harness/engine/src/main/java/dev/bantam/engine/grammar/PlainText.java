package dev.bantam.engine.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value that is a string, or a string or nothing, so that it may stand as it is.
 *
 * @param free whether it may be any text
 * @param choices else what it may be
 */
record PlainText(boolean free, List<String> choices) {
    private static final int DEPTH = 24;

    /** Null when the schema admits anything that is neither a string nor null, or no string. */
    static PlainText of(Object schema, Map<String, Object> root) {
        PlainText text = of(schema, root, DEPTH);
        return text == null || !text.free && text.choices.isEmpty() ? null : text;
    }

    private static PlainText of(Object schema, Map<String, Object> root, int depth) {
        if (!(schema instanceof Map<?, ?>) || depth < 0) {
            return null;
        }
        Map<String, Object> map = Schemas.map(schema);
        if (map.remove("$ref") instanceof String reference) {
            return of(SchemaMerge.of(Schemas.resolve(root, reference), map), root, depth - 1);
        }
        for (String word : List.of("anyOf", "oneOf")) {
            if (map.remove(word) instanceof List<?> alternatives && !alternatives.isEmpty()) {
                PlainText all = new PlainText(false, List.of());
                for (Object one : alternatives) {
                    all = all == null ? null : all.or(of(SchemaMerge.of(map, one), root, depth - 1));
                }
                return all;
            }
        }
        List<?> values = Schemas.values(map);
        if (values != null) {
            List<String> choices = values.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
            boolean others = values.stream().anyMatch(value -> value != null && !(value instanceof String));
            return others ? null : new PlainText(false, choices);
        }
        List<String> types = Schemas.types(map);
        boolean plain = !types.isEmpty() && List.of("string", "null").containsAll(types);
        return plain ? new PlainText(types.contains("string"), List.of()) : null;
    }

    private PlainText or(PlainText other) {
        if (other == null) {
            return null;
        }
        List<String> both = new ArrayList<>(choices);
        both.addAll(other.choices);
        return new PlainText(free || other.free, both);
    }
}
