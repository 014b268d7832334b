package dev.bantam.core.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.api.Event;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.Usage;
import java.time.Instant;

/** Events as JSON: one object an event, with {@code type}, {@code at} and, where it applies, {@code turn}. */
public final class EventJson {
    private EventJson() {}

    /** The event as programs read it from {@code --json}. */
    public static ObjectNode write(Event event) {
        return switch (event) {
            case Event.SessionStarted started -> {
                ObjectNode node = node("session_started", started.at());
                node.put("id", started.id());
                node.put("cwd", started.cwd());
                node.put("model", started.model());
                node.put("sandbox", started.sandbox());
                node.set("extensions", MessageJson.JSON.valueToTree(started.extensions()));
                yield node;
            }
            case Event.TurnStarted started -> node("turn_started", started.at(), started.turn());
            case Event.PrefillAdvanced prefill ->
                node("prefill", prefill.at(), prefill.turn())
                        .put("done", prefill.done())
                        .put("total", prefill.total())
                        .put("cached", prefill.cached())
                        .put("tokens_per_s", Math.round(prefill.tokensPerSecond() * 10) / 10.0);
            case Event.TextStreamed text ->
                node("text_delta", text.at(), text.turn()).put("text", text.text());
            case Event.ThinkingStreamed text ->
                node("thinking_delta", text.at(), text.turn()).put("text", text.text());
            case Event.AssistantReplied replied -> assistant(replied);
            case Event.ToolStarted started -> {
                ObjectNode node = node("tool_started", started.at(), started.turn());
                node.put("id", started.call().id());
                node.put("tool", started.call().tool());
                node.set("arguments", MessageJson.writeArguments(started.call().arguments()));
                yield node;
            }
            case Event.ToolFinished finished ->
                node("tool_finished", finished.at(), finished.turn())
                        .put("id", finished.callId())
                        .put("tool", finished.tool())
                        .put("status", finished.result().status())
                        .put("content", finished.result().content())
                        .put("took_ms", finished.tookMillis());
            case Event.Decided decided ->
                node("decision", decided.at(), decided.turn())
                        .put("extension", decided.extension())
                        .put("kind", decided.kind())
                        .put("verdict", decided.verdict())
                        .put("reason", decided.reason());
            case Event.Compacted compacted ->
                node("compacted", compacted.at(), compacted.turn())
                        .put("before_tokens", compacted.beforeTokens())
                        .put("after_tokens", compacted.afterTokens());
            case Event.Escalated escalated ->
                node("escalated", escalated.at(), escalated.turn())
                        .put("from", escalated.from())
                        .put("to", escalated.to())
                        .put("reason", escalated.reason());
            case Event.RunFinished finished -> {
                ObjectNode node = node("run_finished", finished.at());
                node.put("outcome", finished.outcome().word());
                node.put("reason", finished.reason());
                node.put("answer", finished.answer());
                node.put("turns", finished.turns());
                node.set("usage", usage(finished.usage()));
                node.put("cost_usd", finished.costUsd());
                yield node;
            }
        };
    }

    private static ObjectNode assistant(Event.AssistantReplied replied) {
        Message.Assistant message = replied.message();
        ObjectNode node = node("assistant_message", replied.at(), replied.turn());
        node.put("text", message.text());
        ArrayNode calls = node.putArray("tool_calls");
        for (Part.ToolCall call : message.toolCalls()) {
            ObjectNode each = calls.addObject().put("id", call.id()).put("tool", call.tool());
            each.set("arguments", MessageJson.writeArguments(call.arguments()));
        }
        node.put("finish", message.finish().word());
        node.set("usage", usage(replied.usage()));
        return node;
    }

    private static ObjectNode usage(Usage usage) {
        return MessageJson.JSON
                .createObjectNode()
                .put("input", usage.input())
                .put("output", usage.output())
                .put("cached", usage.cached());
    }

    private static ObjectNode node(String type, Instant at) {
        return MessageJson.JSON.createObjectNode().put("type", type).put("at", at.toString());
    }

    private static ObjectNode node(String type, Instant at, int turn) {
        return node(type, at).put("turn", turn);
    }
}
