package dev.bantam.model.openai;

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
import java.util.OptionalLong;

/**
 * Reads a stream of chat completion chunks as servers really send them: reasoning under two names or in tags, calls without index
 * or id, arguments as text or as objects, progress frames, errors inside the stream, a whole completion instead of a
 * stream.
 */
final class OpenAiReader implements ReplyReader {
    private final Failures failures;
    private final ReplyListener listener;
    private final ReplyParts parts;
    private final CallPieces calls;
    private String finishReason = "";
    private boolean done;
    private OptionalLong promptTokens = OptionalLong.empty();
    private OptionalLong outputTokens = OptionalLong.empty();
    private long cachedTokens;

    OpenAiReader(ChatRequest request, ReplyListener listener, Failures failures) {
        this.failures = failures;
        this.listener = listener;
        this.parts = new ReplyParts(request, listener);
        this.calls = new CallPieces(parts);
    }

    @Override
    public void frame(Frame frame) throws ModelException {
        String data = frame.data().strip();
        if (done || data.isEmpty()) {
            return;
        }
        if (data.equals("[DONE]")) {
            done = true;
            return;
        }
        JsonNode chunk = Json.read(data)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> failures.broken("a piece of it is no JSON: " + shortened(data)));
        if (chunk.hasNonNull("error")) {
            throw failures.inStream(chunk.get("error"));
        }
        if (frame.event().equals("error")) {
            throw failures.inStream(chunk);
        }
        progress(chunk.path("prompt_progress"));
        usage(chunk.path("usage"), chunk.path("timings"));
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.hasNonNull("delta") ? choice.path("delta") : choice.path("message");
        parts.thinking(reasoning(delta));
        parts.content(text(delta.path("content")));
        for (JsonNode call : delta.path("tool_calls")) {
            calls.add(call);
        }
        if (choice.hasNonNull("finish_reason")) {
            finishReason = choice.get("finish_reason").asText();
            if (finishReason.equals("error")) {
                throw failures.inStream(choice.path("error"));
            }
        }
    }

    @Override
    public boolean complete() {
        return done || !finishReason.isEmpty();
    }

    @Override
    public OptionalLong promptTokens() {
        return promptTokens;
    }

    @Override
    public long cachedTokens() {
        return cachedTokens;
    }

    @Override
    public OptionalLong outputTokens() {
        return outputTokens;
    }

    @Override
    public Message.Assistant message() throws ModelException {
        if (!complete()) {
            throw failures.broken("the stream ended before the reply did");
        }
        if (finishReason.isEmpty() && !parts.callsAreWhole()) {
            throw failures.broken("the stream ended within a tool call");
        }
        if (finishReason.equals("content_filter") && parts.parts().isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.REJECTED, "The provider's content filter stopped the reply. Ask differently.");
        }
        return new Message.Assistant(parts.parts(), finish());
    }

    private Finish finish() {
        return switch (finishReason) {
            case "length", "max_tokens", "model_length" -> Finish.LENGTH;
            default -> parts.hasCalls() ? Finish.TOOL_CALLS : Finish.STOP;
        };
    }

    private static String reasoning(JsonNode delta) {
        return delta.hasNonNull("reasoning_content")
                ? text(delta.get("reasoning_content"))
                : text(delta.path("reasoning"));
    }

    /** A text, or the texts of a list of content parts. */
    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.path("text").asText(""));
        }
        return text.toString();
    }

    /** llama.cpp since b6500: {@code processed} includes what came from the cache, and so does {@code total}. */
    private void progress(JsonNode progress) {
        if (progress.hasNonNull("total")) {
            long total = progress.path("total").asLong();
            long cached = progress.path("cache").asLong();
            long processed = progress.path("processed").asLong();
            double seconds = progress.path("time_ms").asDouble() / 1_000;
            promptTokens = OptionalLong.of(total);
            cachedTokens = cached;
            listener.prefill(processed, total, cached, seconds > 0 ? Math.max(0, processed - cached) / seconds : 0);
        }
    }

    private void usage(JsonNode usage, JsonNode timings) {
        if (usage.path("prompt_tokens").isNumber()) {
            long prompt = usage.path("prompt_tokens").asLong();
            long cached =
                    usage.path("prompt_tokens_details").path("cached_tokens").asLong();
            cachedTokens =
                    Math.max(cached, usage.path("prompt_cache_hit_tokens").asLong());
            // a server that counts only what it read anew gives more cached tokens than prompt tokens
            promptTokens = OptionalLong.of(cachedTokens > prompt ? cachedTokens + prompt : prompt);
            outputTokens = OptionalLong.of(usage.path("completion_tokens").asLong());
        }
        if (timings.path("cache_n").isNumber()) {
            cachedTokens = timings.path("cache_n").asLong();
            if (promptTokens.isEmpty()) {
                promptTokens =
                        OptionalLong.of(cachedTokens + timings.path("prompt_n").asLong());
                outputTokens = OptionalLong.of(timings.path("predicted_n").asLong());
            }
        }
    }

    private static String shortened(String data) {
        return data.length() > 80 ? data.substring(0, 80) + "…" : data;
    }
}
