package dev.bantam.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.model.remote.Outgoing;
import dev.bantam.model.remote.Protocol;
import dev.bantam.model.remote.ReplyReader;
import dev.bantam.model.remote.RequestTap;
import dev.bantam.model.server.Call;
import dev.bantam.model.server.Failures;
import dev.bantam.model.server.Json;
import dev.bantam.model.server.Server;
import dev.langchain4j.model.anthropic.AnthropicChatRequestParameters;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Anthropic's Messages. Four places are marked for the prompt cache: the tools, the system prompt, the end of the
 * conversation, and the end of the request before, so that a long step does not lose it.
 */
final class AnthropicProtocol implements Protocol {
    /** How a redacted thinking block is kept as a seal. */
    static final String REDACTED = "redacted_thinking:";

    private static final int SMALLEST_BUDGET = 1_024;
    private static final int ROOM_FOR_TEXT = 1_024;

    private final Server server;
    private final String model;
    private final ThinkingStyle style;
    private final RequestTap tap = new RequestTap();
    private final StreamingChatModel writer;

    AnthropicProtocol(Server server, String model, ThinkingStyle style) {
        this.server = server;
        this.model = model;
        this.style = style;
        this.writer = AnthropicStreamingChatModel.builder()
                .httpClientBuilder(tap)
                .baseUrl(server.api())
                .apiKey(server.key().orElse("none"))
                .modelName(model)
                .cacheSystemMessages(true)
                .cacheTools(true)
                .build();
    }

    @Override
    public Call call(ChatRequest request, int window, int maxOutputTokens) {
        int budget = budget(request, maxOutputTokens);
        AnthropicChatRequestParameters.Builder parameters =
                AnthropicChatRequestParameters.builder().modelName(model).maxOutputTokens(maxOutputTokens);
        if (budget == 0 && style == ThinkingStyle.BUDGET) { // thinking models refuse any other temperature
            request.options().temperature().ifPresent(parameters::temperature);
        }
        if (!request.tools().isEmpty()) {
            parameters.toolSpecifications(Outgoing.tools(request.tools()));
        }
        return tap.write(
                writer,
                dev.langchain4j.model.chat.request.ChatRequest.builder()
                        .messages(Outgoing.messages(request.system(), request.messages()))
                        .parameters(parameters.build())
                        .build(),
                false,
                body -> amend(body, request, budget));
    }

    @Override
    public ReplyReader reader(ChatRequest request, ReplyListener listener) {
        return new AnthropicReader(request, listener, new Failures(server, model));
    }

    /**
     * Tokens to think with; 0 for none. A step that goes on from calls without sealed thinking, such as another
     * model's, cannot think: the server would refuse it.
     */
    private static int budget(ChatRequest request, int maxOutputTokens) {
        int wanted = request.options().thinking().budget().orElse(0);
        boolean goesOnUnsealed = request.messages().reversed().stream()
                .filter(Message.Assistant.class::isInstance)
                .map(Message.Assistant.class::cast)
                .findFirst()
                .filter(last -> request.messages().getLast() instanceof Message.ToolReply)
                .filter(last -> last.parts().stream().noneMatch(AnthropicProtocol::isSealed))
                .isPresent();
        int most = maxOutputTokens - ROOM_FOR_TEXT;
        return wanted == 0 || goesOnUnsealed || most < SMALLEST_BUDGET ? 0 : Math.clamp(wanted, SMALLEST_BUDGET, most);
    }

    private void amend(ObjectNode body, ChatRequest request, int budget) {
        if (budget > 0) {
            ObjectNode thinking = body.putObject("thinking");
            if (style == ThinkingStyle.BUDGET) {
                thinking.put("type", "enabled").put("budget_tokens", budget);
            } else {
                thinking.put("type", "adaptive").put("display", "summarized");
                body.putObject("output_config")
                        .put("effort", effort(request.options().thinking()));
            }
        }
        ArrayNode messages = (ArrayNode) body.get("messages");
        List<Message.Assistant> assistants = request.messages().stream()
                .filter(Message.Assistant.class::isInstance)
                .map(Message.Assistant.class::cast)
                .toList();
        List<ObjectNode> userTurns = new ArrayList<>();
        int next = 0;
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("assistant")) {
                ((ObjectNode) message).set("content", content(assistants.get(next++)));
            } else {
                userTurns.add((ObjectNode) message);
            }
        }
        userTurns.reversed().stream().limit(2).forEach(AnthropicProtocol::markForTheCache);
    }

    private static void markForTheCache(ObjectNode message) {
        JsonNode content = message.path("content");
        if (content.isArray() && !content.isEmpty()) {
            ((ObjectNode) content.get(content.size() - 1))
                    .putObject("cache_control")
                    .put("type", "ephemeral");
        }
    }

    /** A reply as it was: every block in its place, the seals unchanged. Thinking of other models has none and stays out. */
    private static ArrayNode content(Message.Assistant assistant) {
        ArrayNode blocks = Json.MAPPER.createArrayNode();
        for (Part part : assistant.parts()) {
            switch (part) {
                case Part.Thinking thinking ->
                    thinking.seal().ifPresent(seal -> {
                        if (seal.startsWith(REDACTED)) {
                            blocks.addObject()
                                    .put("type", "redacted_thinking")
                                    .put("data", seal.substring(REDACTED.length()));
                        } else {
                            blocks.addObject()
                                    .put("type", "thinking")
                                    .put("thinking", thinking.text())
                                    .put("signature", seal);
                        }
                    });
                case Part.Text text -> {
                    if (!text.text().isBlank()) {
                        blocks.addObject().put("type", "text").put("text", text.text());
                    }
                }
                case Part.ToolCall call ->
                    blocks.addObject()
                            .put("type", "tool_use")
                            .put("id", call.id())
                            .put("name", call.tool())
                            .set("input", Json.read(Outgoing.arguments(call)).orElseThrow());
                case Part.Image image -> {}
            }
        }
        if (blocks.isEmpty()) {
            blocks.addObject().put("type", "text").put("text", "(empty)");
        }
        return blocks;
    }

    private static boolean isSealed(Part part) {
        return part instanceof Part.Thinking thinking && thinking.seal().isPresent();
    }

    private static String effort(ThinkingLevel level) {
        int budget = level.budget().orElseThrow();
        return budget <= 2_048 ? "low" : budget <= 8_192 ? "medium" : "high";
    }
}
