package dev.bantam.core.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session's branch says about its conversation.
 *
 * @param system the system prompt that the session began with, byte for byte; null when it never got that far
 * @param messages what the model would see now
 * @param everything every message of the branch, those that a compaction replaced included
 */
public record Transcript(String system, List<Message> messages, List<Message> everything) {
    static final String INTERRUPTED =
            "The program ended before this call was over. Whether it took effect is not known: check before repeating it.";

    /** Reads a branch. Calls without a result, as a kill leaves them, get one that says so. */
    public static Transcript of(SessionTree tree) {
        String system = null;
        List<Message> messages = new ArrayList<>();
        List<Message> everything = new ArrayList<>();
        for (SessionTree.Entry entry : tree.branch()) {
            JsonNode event = entry.event();
            switch (entry.type()) {
                case "context" -> system = event.path("system").asText();
                case "user_message", "assistant_message", "tool_finished" -> {
                    Message message = Recorded.message(event);
                    if (message instanceof Message.Assistant reply && !whole(reply)) {
                        continue; // set aside, and the process was killed before it went on
                    }
                    messages.add(message);
                    everything.add(message);
                }
                case "compacted" -> {
                    messages.clear();
                    event.path("messages").forEach(node -> messages.add(MessageJson.read(node)));
                }
                default -> {} // events for people, such as decisions
            }
        }
        return new Transcript(system, answered(messages), List.copyOf(everything));
    }

    private static boolean whole(Message.Assistant reply) {
        return reply.finish() == Finish.STOP || reply.finish() == Finish.TOOL_CALLS;
    }

    private static List<Message> answered(List<Message> messages) {
        List<Message> whole = new ArrayList<>();
        Map<String, String> open = new LinkedHashMap<>();
        for (Message message : messages) {
            if (message instanceof Message.ToolReply reply) {
                open.remove(reply.callId());
            } else {
                close(open, whole);
            }
            whole.add(message);
            if (message instanceof Message.Assistant assistant) {
                for (Part.ToolCall call : assistant.toolCalls()) {
                    open.put(call.id(), call.tool());
                }
            }
        }
        close(open, whole);
        return List.copyOf(whole);
    }

    private static void close(Map<String, String> open, List<Message> messages) {
        open.forEach((id, tool) -> messages.add(new Message.ToolReply(id, tool, new ToolResult.Failed(INTERRUPTED))));
        open.clear();
    }
}
