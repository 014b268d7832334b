package dev.bantam.model.langchain4j;

import dev.bantam.api.Schema;
import dev.bantam.api.ToolSpec;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** LangChain4j's tools in our terms. What our schemas have no word for is refused by the tool's name. */
final class Schemas {
    private Schemas() {}

    static ToolSpec tool(ToolSpecification tool) {
        Schema.Struct parameters =
                tool.parameters() == null ? new Schema.Struct(List.of()) : struct(tool.parameters(), tool.name());
        return new ToolSpec(tool.name(), text(tool.description()), parameters, Set.of());
    }

    private static Schema.Struct struct(JsonObjectSchema object, String tool) {
        Set<String> required = object.required() == null ? Set.of() : Set.copyOf(object.required());
        return new Schema.Struct(object.properties().entrySet().stream()
                .map(property -> new Schema.Field(
                        property.getKey(),
                        schema(property.getValue(), tool + "." + property.getKey()),
                        text(property.getValue().description()),
                        required.contains(property.getKey()),
                        Set.of()))
                .toList());
    }

    private static Schema schema(JsonSchemaElement element, String where) {
        return switch (element) {
            case JsonStringSchema text -> Schema.TEXT;
            case JsonEnumSchema choice -> new Schema.Text(choice.enumValues());
            case JsonIntegerSchema whole -> Schema.WHOLE;
            case JsonNumberSchema real -> new Schema.Real();
            case JsonBooleanSchema flag -> Schema.FLAG;
            case JsonArraySchema list when list.items() != null -> new Schema.ListOf(schema(list.items(), where));
            case JsonObjectSchema object -> struct(object, where);
            default ->
                throw new UnsupportedFeatureException(
                        "the type of " + where + " is a " + element.getClass().getSimpleName()
                                + "; supported are strings, enums, numbers, booleans, arrays and objects");
        };
    }

    private static String text(String description) {
        return Optional.ofNullable(description).orElse("");
    }
}
