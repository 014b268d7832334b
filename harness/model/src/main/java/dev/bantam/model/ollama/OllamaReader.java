package dev.bantam.model.ollama;

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

/** Reads Ollama's JSON lines. A call comes whole; {@code done} ends the reply. */
final class OllamaReader implements ReplyReader {
    private final Failures failures;
    private final ReplyParts parts;
    private String doneReason = "";
    private boolean done;
    private OptionalLong promptTokens = OptionalLong.empty();
    private OptionalLong outputTokens = OptionalLong.empty();

    OllamaReader(ChatRequest request, ReplyListener listener, Failures failures) {
        this.failures = failures;
        this.parts = new ReplyParts(request, listener);
    }

    @Override
    public void frame(Frame frame) throws ModelException {
        JsonNode line = Json.read(frame.data())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> failures.broken("a line of it is no JSON"));
        if (line.hasNonNull("error")) {
            throw failures.inStream(line.get("error"));
        }
        JsonNode message = line.path("message");
        parts.thinking(message.path("thinking").asText(""));
        parts.content(message.path("content").asText(""));
        for (JsonNode call : message.path("tool_calls")) {
            ReplyParts.OpenCall open = parts.newCall();
            open.id(call.path("id").asText(""));
            open.tool(call.path("function").path("name").asText(""));
            JsonNode arguments = call.path("function").path("arguments");
            open.arguments(arguments.isTextual() ? arguments.asText() : arguments.toString());
        }
        if (line.path("done").asBoolean()) {
            done = true;
            doneReason = line.path("done_reason").asText("");
            if (line.path("prompt_eval_count").asLong() > 0) { // absent when all of it was cached, in old versions
                promptTokens = OptionalLong.of(line.path("prompt_eval_count").asLong());
            }
            if (line.has("eval_count")) {
                outputTokens = OptionalLong.of(line.path("eval_count").asLong());
            }
        }
    }

    @Override
    public boolean complete() {
        return done;
    }

    @Override
    public OptionalLong promptTokens() {
        return promptTokens;
    }

    /** Ollama does not tell. */
    @Override
    public long cachedTokens() {
        return 0;
    }

    @Override
    public OptionalLong outputTokens() {
        return outputTokens;
    }

    @Override
    public Message.Assistant message() throws ModelException {
        if (!done) {
            throw failures.broken("the stream ended before the reply did");
        }
        Finish finish =
                doneReason.equals("length") ? Finish.LENGTH : parts.hasCalls() ? Finish.TOOL_CALLS : Finish.STOP;
        return new Message.Assistant(parts.parts(), finish);
    }
}
