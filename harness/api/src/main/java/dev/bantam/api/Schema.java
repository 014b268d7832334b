package dev.bantam.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The type of an argument: the part of JSON Schema that tools need and that a grammar can enforce while a model is
 * sampled.
 */
public sealed interface Schema {
    Schema TEXT = new Text(List.of());
    Schema WHOLE = new Whole();
    Schema FLAG = new Flag();

    /** A string; one of {@code choices} unless that is empty. */
    record Text(List<String> choices) implements Schema {
        public Text {
            choices = List.copyOf(choices);
        }
    }

    /** An integer. */
    record Whole() implements Schema {}

    /** Any number. */
    record Real() implements Schema {}

    /** True or false. */
    record Flag() implements Schema {}

    /** An array of one type. */
    record ListOf(Schema element) implements Schema {}

    /** An object with these fields and no others. */
    record Struct(List<Field> fields) implements Schema {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A named value of a {@link Struct}.
     *
     * @param description one line for the model; may be empty
     * @param aliases other names under which models are known to send it; they are mapped, visibly
     */
    record Field(String name, Schema type, String description, boolean required, Set<String> aliases) {
        public Field {
            aliases = Set.copyOf(aliases);
        }

        public static Field required(String name, Schema type, String description, String... aliases) {
            return new Field(name, type, description, true, Set.of(aliases));
        }

        public static Field optional(String name, Schema type, String description, String... aliases) {
            return new Field(name, type, description, false, Set.of(aliases));
        }
    }

    /** The type's name in JSON Schema. */
    default String typeName() {
        return switch (this) {
            case Text text -> "string";
            case Whole whole -> "integer";
            case Real real -> "number";
            case Flag flag -> "boolean";
            case ListOf list -> "array";
            case Struct struct -> "object";
        };
    }

    /** This type as JSON Schema, ready for a JSON writer; keys in a fixed order, so that prompts are stable. */
    default Map<String, Object> toJsonSchema() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", typeName());
        switch (this) {
            case Text text when !text.choices().isEmpty() -> json.put("enum", text.choices());
            case ListOf list -> json.put("items", list.element().toJsonSchema());
            case Struct struct -> addFields(json, struct);
            case Text text -> {}
            case Whole whole -> {}
            case Real real -> {}
            case Flag flag -> {}
        }
        return json;
    }

    private static void addFields(Map<String, Object> json, Struct struct) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Field field : struct.fields()) {
            Map<String, Object> property = field.type().toJsonSchema();
            if (!field.description().isEmpty()) {
                property.put("description", field.description());
            }
            properties.put(field.name(), property);
        }
        json.put("properties", properties);
        json.put(
                "required",
                struct.fields().stream()
                        .filter(Field::required)
                        .map(Field::name)
                        .toList());
    }
}
