package dev.bantam.model.remote;

import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.Schema;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.model.server.Json;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;

/** Our messages and tools in LangChain4j's terms. What it cannot carry is added to the written request afterwards. */
public final class Outgoing {
    private Outgoing() {}

    /** The conversation, message by message, so that a longer one begins with a shorter one. */
    public static List<ChatMessage> messages(String system, List<Message> messages) {
        List<ChatMessage> result = new ArrayList<>();
        if (!system.isBlank()) {
            result.add(SystemMessage.from(system));
        }
        messages.forEach(message -> result.add(message(message)));
        return result;
    }

    public static List<ToolSpecification> tools(List<ToolSpec> tools) {
        return tools.stream()
                .map(tool -> ToolSpecification.builder()
                        .name(tool.name())
                        .description(tool.description())
                        .parameters((JsonObjectSchema) schema(tool.parameters(), ""))
                        .build())
                .toList();
    }

    /**
     * A call's arguments as JSON: the model's own bytes where they say the same, so that its server finds them in its
     * cache; else (a repaired call, or no JSON at all, which chat templates choke on) the values.
     */
    public static String arguments(Part.ToolCall call) {
        return call.raw()
                .filter(raw -> ReplyParts.object(raw)
                        .filter(call.arguments().values()::equals)
                        .isPresent())
                .orElseGet(() -> Json.write(call.arguments().values()));
    }

    private static ChatMessage message(Message message) {
        return switch (message) {
            case Message.User user -> UserMessage.from(contents(user));
            case Message.Assistant assistant -> assistant(assistant);
            case Message.ToolReply reply ->
                ToolExecutionResultMessage.builder()
                        .id(reply.callId())
                        .toolName(reply.tool())
                        .text(said(reply.result().content()))
                        .isError(!(reply.result() instanceof ToolResult.Done))
                        .build();
        };
    }

    private static List<Content> contents(Message.User user) {
        List<Content> contents = new ArrayList<>();
        for (Part part : user.parts()) {
            switch (part) {
                case Part.Text text -> contents.add(TextContent.from(said(text.text())));
                case Part.Image image -> contents.add(ImageContent.from(image.base64(), image.mediaType()));
                case Part.Thinking thinking -> {}
                case Part.ToolCall call -> {}
            }
        }
        return contents.isEmpty() ? List.of(TextContent.from(said(""))) : contents;
    }

    private static AiMessage assistant(Message.Assistant assistant) {
        AiMessage.Builder builder = AiMessage.builder();
        String thinking = assistant.thinking();
        if (!thinking.isEmpty()) {
            builder.thinking(thinking);
        }
        List<ToolExecutionRequest> calls = assistant.toolCalls().stream()
                .map(call -> ToolExecutionRequest.builder()
                        .id(call.id())
                        .name(call.tool())
                        .arguments(arguments(call))
                        .build())
                .toList();
        builder.text(assistant.text());
        return calls.isEmpty()
                ? builder.build()
                : builder.toolExecutionRequests(calls).build();
    }

    /** Some servers refuse empty texts. */
    private static String said(String text) {
        return text.isBlank() ? "(empty)" : text;
    }

    private static JsonSchemaElement schema(Schema schema, String description) {
        String about = description.isEmpty() ? null : description;
        return switch (schema) {
            case Schema.Text text ->
                text.choices().isEmpty()
                        ? JsonStringSchema.builder().description(about).build()
                        : JsonEnumSchema.builder()
                                .enumValues(text.choices())
                                .description(about)
                                .build();
            case Schema.Whole whole ->
                JsonIntegerSchema.builder().description(about).build();
            case Schema.Real real ->
                JsonNumberSchema.builder().description(about).build();
            case Schema.Flag flag ->
                JsonBooleanSchema.builder().description(about).build();
            case Schema.ListOf list ->
                JsonArraySchema.builder()
                        .items(schema(list.element(), ""))
                        .description(about)
                        .build();
            case Schema.Struct struct -> {
                JsonObjectSchema.Builder builder = JsonObjectSchema.builder().description(about);
                struct.fields()
                        .forEach(field -> builder.addProperty(field.name(), schema(field.type(), field.description())));
                yield builder.required(struct.fields().stream()
                                .filter(Schema.Field::required)
                                .map(Schema.Field::name)
                                .toList())
                        .build();
            }
        };
    }
}
