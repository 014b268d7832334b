package dev.bantam.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.ReplyListener;
import dev.bantam.model.remote.ReplyParts;
import dev.bantam.model.remote.ReplyReader;
import dev.bantam.model.server.Failures;
import dev.bantam.model.server.Frame;
import dev.bantam.model.server.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the events of one Anthropic message. */
final class AnthropicReader implements ReplyReader {
    private final Failures failures;
    private final ReplyListener listener;
    private final ReplyParts parts;
    private final Map<Integer, ReplyParts.OpenCall> calls = new HashMap<>();
    private String stopReason = "";
    private boolean stopped;
    private long uncached;
    private long written;
    private long cached;
    private boolean counted;
    private OptionalLong outputTokens = OptionalLong.empty();

    AnthropicReader(ChatRequest request, ReplyListener listener, Failures failures) {
        this.failures = failures;
        this.listener = listener;
        this.parts = new ReplyParts(request, listener);
    }

    @Override
    public void frame(Frame frame) throws ModelException {
        if (stopped || frame.data().isBlank()) {
            return;
        }
        JsonNode event = Json.read(frame.data())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> failures.broken("a piece of it is no JSON"));
        switch (event.path("type").asText()) {
            case "message_start" -> {
                usage(event.path("message").path("usage"));
                long total = uncached + written + cached;
                listener.prefill(total, total, cached, 0);
            }
            case "content_block_start" -> start(event.path("index").asInt(), event.path("content_block"));
            case "content_block_delta" -> delta(event.path("index").asInt(), event.path("delta"));
            case "message_delta" -> {
                stopReason = event.path("delta").path("stop_reason").asText(stopReason);
                usage(event.path("usage"));
            }
            case "message_stop" -> stopped = true;
            case "error" -> throw failures.inStream(event.path("error"));
            default -> {} // ping, content_block_stop, and what may be added later
        }
    }

    private void start(int index, JsonNode block) {
        switch (block.path("type").asText()) {
            case "text" -> parts.text(block.path("text").asText(""));
            case "thinking" -> {
                parts.newThinking();
                parts.thinking(block.path("thinking").asText(""));
                parts.seal(block.path("signature").asText(""));
            }
            case "redacted_thinking" -> {
                parts.newThinking();
                parts.seal(AnthropicProtocol.REDACTED + block.path("data").asText());
            }
            case "tool_use" -> {
                ReplyParts.OpenCall call = parts.newCall();
                call.id(block.path("id").asText(""));
                call.tool(block.path("name").asText(""));
                if (!block.path("input").isEmpty()) {
                    call.arguments(block.path("input").toString());
                }
                calls.put(index, call);
            }
            default -> {} // blocks of the server's own tools, which are not asked for
        }
    }

    private void delta(int index, JsonNode delta) throws ModelException {
        switch (delta.path("type").asText()) {
            case "text_delta" -> parts.text(delta.path("text").asText(""));
            case "thinking_delta" -> parts.thinking(delta.path("thinking").asText(""));
            case "signature_delta" -> parts.seal(delta.path("signature").asText(""));
            case "input_json_delta" -> {
                ReplyParts.OpenCall call = calls.get(index);
                if (call == null) {
                    throw failures.broken("it continues a call that it never began");
                }
                call.arguments(delta.path("partial_json").asText(""));
            }
            default -> {}
        }
    }

    /** {@code input_tokens} leaves out what was cached and what was written to the cache. */
    private void usage(JsonNode usage) {
        if (usage.hasNonNull("input_tokens")) {
            counted = true;
            uncached = usage.path("input_tokens").asLong();
            written = usage.path("cache_creation_input_tokens").asLong(written);
            cached = usage.path("cache_read_input_tokens").asLong(cached);
        }
        if (usage.hasNonNull("output_tokens")) {
            outputTokens = OptionalLong.of(usage.path("output_tokens").asLong());
        }
    }

    @Override
    public boolean complete() {
        return stopped;
    }

    @Override
    public OptionalLong promptTokens() {
        return counted ? OptionalLong.of(uncached + written + cached) : OptionalLong.empty();
    }

    @Override
    public long cachedTokens() {
        return cached;
    }

    @Override
    public OptionalLong outputTokens() {
        return outputTokens;
    }

    @Override
    public Message.Assistant message() throws ModelException {
        if (!stopped && stopReason.isEmpty()) {
            throw failures.broken("the stream ended before the reply did");
        }
        if (stopReason.equals("refusal") && parts.parts().isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.REJECTED, "The model declined to answer. Ask differently, or use another one.");
        }
        Finish finish = switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
            default -> parts.hasCalls() ? Finish.TOOL_CALLS : Finish.STOP;
        };
        return new Message.Assistant(parts.parts(), finish);
    }
}
