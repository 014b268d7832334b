package dev.bantam.model.langchain4j;

import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Reply;
import dev.bantam.api.Usage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Map;

/** Our reply in LangChain4j's terms. */
final class Outgoing {
    private Outgoing() {}

    static ChatResponse response(Reply reply, String modelName) {
        return ChatResponse.builder()
                .aiMessage(message(reply.message()))
                .modelName(modelName)
                .tokenUsage(usage(reply.usage()))
                .finishReason(reason(reply.message().finish()))
                .build();
    }

    private static AiMessage message(Message.Assistant said) {
        List<ToolExecutionRequest> calls = said.toolCalls().stream()
                .map(call -> ToolExecutionRequest.builder()
                        .id(call.id())
                        .name(call.tool())
                        .arguments(dev.bantam.model.remote.Outgoing.arguments(call))
                        .build())
                .toList();
        return AiMessage.builder()
                .text(said.text().isEmpty() && !calls.isEmpty() ? null : said.text())
                .thinking(said.thinking().isEmpty() ? null : said.thinking())
                .toolExecutionRequests(calls)
                .attributes(said.tokens()
                        .map(tokens -> Map.<String, Object>of(Trace.ATTRIBUTE, Trace.write(tokens)))
                        .orElse(Map.of()))
                .build();
    }

    private static TokenUsage usage(Usage usage) {
        return new TokenUsage(Math.toIntExact(usage.input()), Math.toIntExact(usage.output()));
    }

    private static FinishReason reason(Finish finish) {
        return switch (finish) {
            case STOP -> FinishReason.STOP;
            case TOOL_CALLS -> FinishReason.TOOL_EXECUTION;
            case LENGTH -> FinishReason.LENGTH;
            case LOOP, CANCELLED, HALTED -> FinishReason.OTHER;
        };
    }
}
