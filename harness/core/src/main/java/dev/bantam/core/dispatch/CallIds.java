package dev.bantam.core.dispatch;

import dev.bantam.api.Message;
import dev.bantam.api.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives every call of a reply an id that its conversation does not have yet: some servers send empty or equal ones. */
public final class CallIds {
    private CallIds() {}

    /** The reply, with new ids where they are needed. */
    public static Message.Assistant unique(Message.Assistant reply, List<Message> conversation) {
        Set<String> used = new HashSet<>();
        for (Message message : conversation) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> used.add(call.id()));
            }
        }
        List<Part> parts = reply.parts().stream()
                .map(part -> part instanceof Part.ToolCall call ? withFreeId(call, used) : part)
                .toList();
        return parts.equals(reply.parts()) ? reply : reply.withParts(parts);
    }

    private static Part.ToolCall withFreeId(Part.ToolCall call, Set<String> used) {
        String base = call.id().isBlank() ? "call" : call.id();
        String id = call.id().isBlank() ? base + "-1" : base;
        for (int i = 2; !used.add(id); i++) {
            id = base + "-" + i;
        }
        return id.equals(call.id()) ? call : new Part.ToolCall(id, call.tool(), call.arguments(), call.raw());
    }
}
