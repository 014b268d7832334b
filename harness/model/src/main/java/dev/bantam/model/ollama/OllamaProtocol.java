package dev.bantam.model.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.model.remote.Loaded;
import dev.bantam.model.remote.Outgoing;
import dev.bantam.model.remote.Protocol;
import dev.bantam.model.remote.ReplyReader;
import dev.bantam.model.remote.RequestTap;
import dev.bantam.model.server.Call;
import dev.bantam.model.server.Failures;
import dev.bantam.model.server.Json;
import dev.bantam.model.server.Server;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.util.Optional;

/** Ollama's native chat: JSON lines, {@code num_ctx} in every request. */
final class OllamaProtocol implements Protocol {
    private final Server server;
    private final Loaded loaded;
    private final RequestTap tap = new RequestTap();
    private final StreamingChatModel writer;

    OllamaProtocol(Server server, Loaded loaded) {
        this.server = server;
        this.loaded = loaded;
        this.writer = OllamaStreamingChatModel.builder()
                .httpClientBuilder(tap)
                .baseUrl(server.root())
                .modelName(loaded.model())
                .build();
    }

    @Override
    public Call call(ChatRequest request, int window, int maxOutputTokens) {
        OllamaChatRequestParameters.Builder parameters =
                OllamaChatRequestParameters.builder().numCtx(window).maxOutputTokens(maxOutputTokens);
        request.options().temperature().ifPresent(parameters::temperature);
        request.options().seed().ifPresent(seed -> parameters.seed((int) seed));
        if (!request.tools().isEmpty()) {
            parameters.toolSpecifications(Outgoing.tools(request.tools()));
        }
        Call call = tap.write(
                writer,
                dev.langchain4j.model.chat.request.ChatRequest.builder()
                        .messages(Outgoing.messages(request.system(), request.messages()))
                        .parameters(parameters.build())
                        .build(),
                true,
                body -> amend(body, request));
        return server.key().isEmpty()
                ? call
                : call.withHeader("Authorization", "Bearer " + server.key().get());
    }

    @Override
    public ReplyReader reader(ChatRequest request, ReplyListener listener) {
        return new OllamaReader(request, listener, new Failures(server, loaded.model()));
    }

    private void amend(ObjectNode body, ChatRequest request) {
        body.put("truncate", false); // since 0.12: an error instead of a prompt cut in silence
        body.put("shift", false);
        if (loaded.thinking()) { // a model that cannot think refuses the field
            request.options().thinking().budget().ifPresent(budget -> think(body, budget));
        }
        ArrayNode messages = (ArrayNode) body.get("messages");
        int offset = messages.size() - request.messages().size();
        for (int i = 0; i < request.messages().size(); i++) {
            ObjectNode written = (ObjectNode) messages.get(offset + i);
            switch (request.messages().get(i)) {
                case Message.User user -> {}
                case Message.Assistant assistant -> complete(written, assistant);
                case Message.ToolReply reply -> written.put("tool_name", reply.tool());
            }
        }
    }

    private void think(ObjectNode body, int budget) {
        if (!loaded.model().contains("gpt-oss")) {
            body.put("think", budget > 0);
        } else {
            body.put(
                    "think",
                    budget <= ThinkingLevel.LOW.budget().orElseThrow()
                            ? "low"
                            : budget <= ThinkingLevel.MEDIUM.budget().orElseThrow() ? "medium" : "high");
        }
    }

    /** LangChain4j drops the thinking and puts arguments into a hash map, which loses their order. */
    private static void complete(ObjectNode written, Message.Assistant assistant) {
        if (!written.hasNonNull("content")) {
            written.put("content", "");
        }
        if (!assistant.thinking().isEmpty()) {
            written.put("thinking", assistant.thinking());
        }
        for (int i = 0; i < assistant.toolCalls().size(); i++) {
            Optional<JsonNode> arguments =
                    Json.read(Outgoing.arguments(assistant.toolCalls().get(i)));
            ((ObjectNode) written.path("tool_calls").path(i).path("function"))
                    .set("arguments", arguments.orElseThrow());
        }
    }
}
