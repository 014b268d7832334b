package dev.bantam.core.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.api.Event;
import dev.bantam.api.Message;
import dev.bantam.api.ToolResult;
import java.time.Instant;
import java.util.List;

/**
 * How events are kept in a session's file: as {@code --json} prints them, and beside that whatever is needed to read the
 * message back whole.
 */
public final class Recorded {
    private Recorded() {}

    /** What the person or the harness said; printed nowhere, so it is only kept. */
    public static ObjectNode user(Instant at, Message.User message) {
        ObjectNode node = MessageJson.JSON
                .createObjectNode()
                .put("type", "user_message")
                .put("at", at.toString())
                .put("text", message.text());
        node.set("message", MessageJson.write(message));
        return node;
    }

    public static ObjectNode assistant(Event.AssistantReplied replied) {
        ObjectNode node = EventJson.write(replied);
        node.set("message", MessageJson.write(replied.message()));
        return node;
    }

    public static ObjectNode tool(Event.ToolFinished finished) {
        ObjectNode node = EventJson.write(finished);
        node.setAll(MessageJson.writeResult(finished.result()));
        return node;
    }

    /** A compaction, with the conversation that replaces the one before. */
    public static ObjectNode compacted(Event.Compacted compacted, List<Message> messages) {
        ObjectNode node = EventJson.write(compacted);
        messages.forEach(message -> node.withArray("messages").add(MessageJson.write(message)));
        return node;
    }

    /** The part of every request that never changes. */
    public static ObjectNode context(Instant at, String system) {
        return MessageJson.JSON
                .createObjectNode()
                .put("type", "context")
                .put("at", at.toString())
                .put("system", system);
    }

    /** The message that an entry of type user_message, assistant_message or tool_finished holds. */
    static Message message(JsonNode event) {
        if (event.path("type").asText().equals("tool_finished")) {
            ToolResult result = MessageJson.readResult(event);
            return new Message.ToolReply(
                    MessageJson.required(event, "id").asText(),
                    MessageJson.required(event, "tool").asText(),
                    result);
        }
        return MessageJson.read(MessageJson.required(event, "message"));
    }
}
