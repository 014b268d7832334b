package dev.bantam.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.model.remote.Outgoing;
import dev.bantam.model.remote.Protocol;
import dev.bantam.model.remote.ReplyReader;
import dev.bantam.model.remote.RequestTap;
import dev.bantam.model.server.Call;
import dev.bantam.model.server.Failures;
import dev.bantam.model.server.Server;
import dev.bantam.model.server.ServerKind;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Locale;
import java.util.Optional;

/** Chat completions, as OpenAI defined them and as local servers speak them. */
final class OpenAiProtocol implements Protocol {
    private final Server server;
    private final String model;
    private final RequestTap tap = new RequestTap();
    private final StreamingChatModel writer;

    OpenAiProtocol(Server server, String model) {
        this.server = server;
        this.model = model;
        OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(tap)
                .baseUrl(server.api())
                .modelName(model)
                // OpenAI itself gives out no reasoning text and refuses that of others
                .sendThinking(!isOpenAi(), "reasoning_content");
        server.key().ifPresent(builder::apiKey);
        this.writer = builder.build();
    }

    @Override
    public Call call(ChatRequest request, int window, int maxOutputTokens) {
        OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
        if (isOpenAi()) {
            parameters.maxCompletionTokens(maxOutputTokens);
        } else {
            parameters.maxOutputTokens(maxOutputTokens);
        }
        if (!isReasoningModel()) { // these refuse any temperature but their own
            request.options().temperature().ifPresent(parameters::temperature);
        }
        request.options().seed().ifPresent(seed -> parameters.seed((int) seed));
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
                body -> amend(body, request.options().thinking()));
    }

    @Override
    public ReplyReader reader(ChatRequest request, ReplyListener listener) {
        return new OpenAiReader(request, listener, new Failures(server, model));
    }

    /** Adds what LangChain4j does not carry. Each field only where the server is known to take it. */
    private void amend(ObjectNode body, ThinkingLevel thinking) {
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asText().equals("assistant") && !message.hasNonNull("content")) {
                ((ObjectNode) message).put("content", ""); // llama.cpp's templates want it to be there
            }
        }
        switch (server.kind()) {
            case LLAMACPP -> {
                body.put("cache_prompt", true);
                body.put("return_progress", true);
                templateArguments(body, thinking);
                thinking.budget().filter(budget -> budget > 0).ifPresent(budget -> {
                    body.put("thinking_budget_tokens", budget); // b8300
                    body.put("reasoning_budget_tokens", budget); // its newer name
                });
            }
            case VLLM -> {
                templateArguments(body, thinking);
                thinking.budget()
                        .filter(budget -> budget > 0)
                        .ifPresent(budget -> body.put("thinking_token_budget", budget));
            }
            case OPENROUTER -> {
                body.putObject("usage").put("include", true);
                thinking.budget().ifPresent(budget -> {
                    ObjectNode reasoning = body.putObject("reasoning");
                    if (budget == 0) {
                        reasoning.put("effort", "none");
                    } else {
                        reasoning.put("max_tokens", budget);
                    }
                });
            }
            case OPENAI -> {
                if (isReasoningModel()) {
                    thinking.budget().ifPresent(budget -> body.put("reasoning_effort", effort(budget)));
                } else if (isOwnServer() && thinking.budget().equals(Optional.of(0))) {
                    body.putObject("chat_template_kwargs").put("enable_thinking", false);
                }
            }
            case LMSTUDIO -> {
                if (model.contains("gpt-oss")) {
                    thinking.budget().ifPresent(budget -> body.put("reasoning_effort", word(budget)));
                }
            }
            case OLLAMA, ANTHROPIC -> {}
        }
    }

    /**
     * What the chat template is told. Qwen 3.6 and later keep the thinking of earlier turns when asked to, which keeps
     * the server's cache; other templates do not look at it.
     */
    private static void templateArguments(ObjectNode body, ThinkingLevel thinking) {
        ObjectNode arguments = body.putObject("chat_template_kwargs");
        arguments.put("preserve_thinking", true);
        thinking.budget().ifPresent(budget -> {
            arguments.put("enable_thinking", budget > 0);
            if (budget > 0) {
                arguments.put("reasoning_effort", word(budget));
            }
        });
    }

    private String effort(int budget) {
        if (budget > 0) {
            return word(budget);
        }
        return model.startsWith("o") ? "low" : model.matches("gpt-5(-.*)?") ? "minimal" : "none";
    }

    private static String word(int budget) {
        return budget <= ThinkingLevel.LOW.budget().orElseThrow() * 2
                ? "low"
                : budget <= ThinkingLevel.MEDIUM.budget().orElseThrow() * 2 ? "medium" : "high";
    }

    private boolean isOpenAi() {
        return server.kind() == ServerKind.OPENAI && server.root().equals(ServerKind.OPENAI.defaultUrl());
    }

    /** Somebody's own, of a kind that nobody named: those that are for sale refuse fields that they do not know. */
    private boolean isOwnServer() {
        return server.root().startsWith("http://");
    }

    private boolean isReasoningModel() {
        return server.kind() == ServerKind.OPENAI
                && model.toLowerCase(Locale.ROOT).matches("(o\\d|gpt-[5-9]).*")
                && !model.contains("chat");
    }
}
