package dev.bantam.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.model.remote.ReplyParts;
import java.util.HashMap;
import java.util.Map;

/** Puts the pieces of tool calls together, whichever of index and id a server leaves out, repeats or sets to null. */
final class CallPieces {
    private final ReplyParts parts;
    private final Map<Integer, ReplyParts.OpenCall> byIndex = new HashMap<>();
    private final Map<String, ReplyParts.OpenCall> byId = new HashMap<>();
    private ReplyParts.OpenCall last;

    CallPieces(ReplyParts parts) {
        this.parts = parts;
    }

    void add(JsonNode piece) {
        String id = piece.path("id").isTextual() ? piece.path("id").asText() : "";
        JsonNode function = piece.path("function");
        String name = function.path("name").isTextual() ? function.path("name").asText() : "";
        ReplyParts.OpenCall call = find(piece.path("index"), id, name);
        if (call == null) {
            call = parts.newCall();
            call.id(id);
        }
        if (piece.path("index").isInt()) {
            byIndex.put(piece.path("index").asInt(), call);
        }
        if (!id.isEmpty()) {
            byId.put(id, call);
        }
        last = call;
        call.tool(name);
        JsonNode arguments = function.path("arguments");
        if (arguments.isTextual()) {
            call.arguments(arguments.asText());
        } else if (arguments.isObject()) {
            call.arguments(arguments.toString());
        }
    }

    /** The call that a piece continues; null when it begins a new one. */
    private ReplyParts.OpenCall find(JsonNode index, String id, String name) {
        if (index.isInt()) {
            ReplyParts.OpenCall call = byIndex.get(index.asInt());
            // servers that number every call 0 tell them apart by id, or by a name where arguments already came
            boolean other = call != null
                    && (!id.isEmpty() && !call.id().isEmpty() && !id.equals(call.id()) && !name.isEmpty()
                            || id.isEmpty() && !name.isEmpty() && call.hasArguments() && !name.equals(call.tool()));
            return other ? null : call;
        }
        if (!id.isEmpty()) {
            ReplyParts.OpenCall call = byId.get(id);
            // equal ids for two calls: a name after arguments begins another
            return call != null && !name.isEmpty() && call.hasArguments() ? null : call;
        }
        return name.isEmpty() ? last : null;
    }
}
