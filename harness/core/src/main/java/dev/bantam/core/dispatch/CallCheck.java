package dev.bantam.core.dispatch;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.ToolSpec;
import dev.bantam.core.session.MessageJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Checks a call's arguments against its tool's schema, after mapping the other names that models use. */
final class CallCheck {

    /**
     * @param mapped one sentence for each argument that came by another name
     * @param fault what is wrong, for the model; empty when the call is valid
     */
    record Checked(Arguments arguments, List<String> mapped, Optional<String> fault) {}

    /** Arguments that other harnesses ask for and that change nothing: not worth a turn. */
    private static final Set<String> EXPLANATIONS =
            Set.of("description", "explanation", "reason", "thought", "purpose");

    private CallCheck() {}

    static Checked check(ToolSpec spec, Arguments given) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> mapped = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        given.values().forEach((name, value) -> {
            Optional<Schema.Field> field = spec.field(name);
            if (field.isEmpty() && EXPLANATIONS.contains(name) && value instanceof String) {
                mapped.add("argument " + name + " of " + spec.name() + " left out: it only explains");
            } else if (field.isEmpty()) {
                unknown.add(name);
            } else if (value != null || field.get().required()) {
                String known = field.get().name();
                if (!known.equals(name)) {
                    mapped.add("argument " + name + " of " + spec.name() + " taken as " + known);
                }
                if (values.containsKey(known) && !Objects.equals(values.get(known), value)) {
                    unknown.add(name + " beside " + known);
                }
                values.putIfAbsent(known, value);
            }
        });
        return new Checked(new Arguments(values), mapped, fault(spec, values, unknown));
    }

    private static Optional<String> fault(ToolSpec spec, Map<String, Object> values, List<String> unknown) {
        for (Schema.Field field : spec.parameters().fields()) {
            if (field.required() && !values.containsKey(field.name())) {
                return told(spec, "the argument " + field.name() + " is missing");
            }
        }
        if (!unknown.isEmpty()) {
            return told(spec, "there is no argument " + String.join(", ", unknown));
        }
        for (Schema.Field field : spec.parameters().fields()) {
            if (values.containsKey(field.name())) {
                Optional<String> wrong = wrong(field.name(), field.type(), values.get(field.name()));
                if (wrong.isPresent()) {
                    return told(spec, wrong.get());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> told(ToolSpec spec, String fault) {
        return Optional.of(spec.name() + " refused: " + fault + ". Nothing was done. Call it again as " + spec.name()
                + signature(spec) + ".");
    }

    /** Such as {@code {path: string, limit?: integer}}. */
    static String signature(ToolSpec spec) {
        List<String> fields = spec.parameters().fields().stream()
                .map(field -> field.name() + (field.required() ? "" : "?") + ": "
                        + field.type().typeName())
                .toList();
        return "{" + String.join(", ", fields) + "}";
    }

    private static Optional<String> wrong(String name, Schema type, Object value) {
        return switch (type) {
            case Schema.Text text when !(value instanceof String) -> mismatch(name, "a string", value);
            case Schema.Text text
            when !text.choices().isEmpty() && !text.choices().contains(value) ->
                mismatch(name, "one of " + String.join(", ", text.choices()), value);
            case Schema.Whole whole when !isWhole(value) -> mismatch(name, "a whole number", value);
            case Schema.Real real when !(value instanceof Number) -> mismatch(name, "a number", value);
            case Schema.Flag flag when !(value instanceof Boolean) -> mismatch(name, "true or false", value);
            case Schema.ListOf list -> wrongList(name, list, value);
            case Schema.Struct struct -> wrongStruct(name, struct, value);
            case Schema.Text fine -> Optional.empty();
            case Schema.Whole fine -> Optional.empty();
            case Schema.Real fine -> Optional.empty();
            case Schema.Flag fine -> Optional.empty();
        };
    }

    private static Optional<String> wrongList(String name, Schema.ListOf type, Object value) {
        if (!(value instanceof List<?> list)) {
            return mismatch(name, "an array", value);
        }
        for (int i = 0; i < list.size(); i++) {
            Optional<String> wrong = wrong(name + "[" + i + "]", type.element(), list.get(i));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrongStruct(String name, Schema.Struct type, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return mismatch(name, "an object", value);
        }
        for (Object given : map.keySet()) {
            if (type.fields().stream().noneMatch(field -> field.name().equals(given))) {
                return Optional.of("there is no " + name + "." + given);
            }
        }
        for (Schema.Field field : type.fields()) {
            if (!map.containsKey(field.name())) {
                if (field.required()) {
                    return Optional.of(name + "." + field.name() + " is missing");
                }
                continue;
            }
            Optional<String> wrong = wrong(name + "." + field.name(), field.type(), map.get(field.name()));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static boolean isWhole(Object value) {
        return value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue());
    }

    private static Optional<String> mismatch(String name, String wanted, Object value) {
        String shown = MessageJson.text(value);
        return Optional.of(
                name + " must be " + wanted + ", not " + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown));
    }
}
