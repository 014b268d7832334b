package dev.bantam.core.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.api.Arguments;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.TokenTrace;
import dev.bantam.api.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Messages as JSON, whole: what is read back equals what was written. */
public final class MessageJson {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    private MessageJson() {}

    /** A message with {@code role} user, assistant or tool. */
    public static ObjectNode write(Message message) {
        ObjectNode node = JSON.createObjectNode();
        switch (message) {
            case Message.User user -> {
                node.put("role", "user");
                node.put("origin", user.origin().name().toLowerCase(Locale.ROOT));
                node.set("parts", writeParts(user.parts()));
            }
            case Message.Assistant assistant -> {
                node.put("role", "assistant");
                node.put("finish", assistant.finish().word());
                node.set("parts", writeParts(assistant.parts()));
                assistant.tokens().ifPresent(trace -> node.set("tokens", writeTrace(trace)));
            }
            case Message.ToolReply reply -> {
                node.put("role", "tool");
                node.put("call", reply.callId());
                node.put("tool", reply.tool());
                node.setAll(writeResult(reply.result()));
            }
        }
        return node;
    }

    /** @throws IllegalArgumentException when the node is no message; says which field is wrong */
    public static Message read(JsonNode node) {
        String role = required(node, "role").asText();
        return switch (role) {
            case "user" ->
                new Message.User(
                        readParts(required(node, "parts")),
                        Message.Origin.valueOf(required(node, "origin").asText().toUpperCase(Locale.ROOT)));
            case "assistant" ->
                new Message.Assistant(
                        readParts(required(node, "parts")),
                        Finish.valueOf(required(node, "finish").asText().toUpperCase(Locale.ROOT)),
                        Optional.ofNullable(node.get("tokens")).map(MessageJson::readTrace));
            case "tool" ->
                new Message.ToolReply(
                        required(node, "call").asText(), required(node, "tool").asText(), readResult(node));
            default -> throw new IllegalArgumentException("unknown role \"" + role + "\"");
        };
    }

    /** Arguments as a JSON object, in their order. */
    public static ObjectNode writeArguments(Arguments arguments) {
        return JSON.valueToTree(arguments.values());
    }

    /** Compact JSON text of plain maps, lists and values. */
    public static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("plain values can always be written", impossible);
        }
    }

    private static ArrayNode writeParts(List<Part> parts) {
        ArrayNode array = JSON.createArrayNode();
        for (Part part : parts) {
            ObjectNode node = array.addObject();
            switch (part) {
                case Part.Text text -> node.put("text", text.text());
                case Part.Thinking thinking -> {
                    node.put("thinking", thinking.text());
                    thinking.seal().ifPresent(seal -> node.put("seal", seal));
                }
                case Part.ToolCall call -> {
                    node.put("call", call.id());
                    node.put("tool", call.tool());
                    node.set("arguments", writeArguments(call.arguments()));
                    call.raw().ifPresent(raw -> node.put("raw", raw));
                }
                case Part.Image image -> {
                    node.put("image", image.mediaType());
                    node.put("base64", image.base64());
                }
            }
        }
        return array;
    }

    private static List<Part> readParts(JsonNode array) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode node : array) {
            parts.add(readPart(node));
        }
        return parts;
    }

    private static Part readPart(JsonNode node) {
        if (node.has("text")) {
            return new Part.Text(node.get("text").asText());
        }
        if (node.has("thinking")) {
            return new Part.Thinking(node.get("thinking").asText(), text(node, "seal"));
        }
        if (node.has("call")) {
            Map<String, Object> arguments = JSON.convertValue(required(node, "arguments"), MAP);
            return new Part.ToolCall(
                    node.get("call").asText(),
                    required(node, "tool").asText(),
                    new Arguments(arguments),
                    text(node, "raw"));
        }
        return new Part.Image(
                required(node, "image").asText(), required(node, "base64").asText());
    }

    static ObjectNode writeResult(ToolResult result) {
        ObjectNode node = JSON.createObjectNode();
        node.put("status", result.status());
        node.put("content", result.content());
        ToolResult.Effects effects = result.effectsOrNone();
        if (!effects.read().isEmpty()) {
            node.set("read", JSON.valueToTree(effects.read()));
        }
        if (!effects.changed().isEmpty()) {
            node.set("changed", JSON.valueToTree(effects.changed()));
        }
        return node;
    }

    static ToolResult readResult(JsonNode node) {
        String content = required(node, "content").asText();
        ToolResult.Effects effects = new ToolResult.Effects(texts(node, "read"), texts(node, "changed"));
        String status = required(node, "status").asText();
        return switch (status) {
            case "done" -> new ToolResult.Done(content, effects);
            case "refused" -> new ToolResult.Refused(content);
            case "failed" -> new ToolResult.Failed(content, effects);
            default -> throw new IllegalArgumentException("unknown status \"" + status + "\"");
        };
    }

    private static ObjectNode writeTrace(TokenTrace trace) {
        ObjectNode node = JSON.createObjectNode();
        node.put("model", trace.model());
        node.set("ids", JSON.valueToTree(trace.ids()));
        if (trace.logProbabilities().length > 0) {
            node.set("log_probabilities", JSON.valueToTree(trace.logProbabilities()));
        }
        return node;
    }

    private static TokenTrace readTrace(JsonNode node) {
        JsonNode logs = node.path("log_probabilities");
        return new TokenTrace(
                required(node, "model").asText(),
                JSON.convertValue(required(node, "ids"), int[].class),
                logs.isMissingNode() ? new float[0] : JSON.convertValue(logs, float[].class));
    }

    static JsonNode required(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new IllegalArgumentException("the field \"" + field + "\" is missing");
        }
        return value;
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
