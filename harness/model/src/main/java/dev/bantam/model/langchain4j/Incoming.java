package dev.bantam.model.langchain4j;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.Part;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.model.remote.ReplyParts;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** LangChain4j's requests in our terms. What cannot be carried over is refused, never left out in silence. */
final class Incoming {
    private static final int USUAL_OUTPUT = 4_096;

    private final ModelInfo info;
    private final ThinkingLevel thinking;
    private final OptionalLong seed;

    Incoming(ModelInfo info, ThinkingLevel thinking, OptionalLong seed) {
        this.info = info;
        this.thinking = thinking;
        this.seed = seed;
    }

    ChatRequest request(dev.langchain4j.model.chat.request.ChatRequest request) {
        refuseWhatIsNotSupported(request);
        StringBuilder system = new StringBuilder();
        List<Message> messages = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage said) {
                require(messages.isEmpty(), "a system message after other messages");
                system.append(system.isEmpty() ? "" : "\n\n").append(said.text());
            } else {
                messages.add(message(message));
            }
        }
        return new ChatRequest(system.toString(), tools(request), messages, options(request));
    }

    private void refuseWhatIsNotSupported(dev.langchain4j.model.chat.request.ChatRequest request) {
        require(request.topP() == null, "topP");
        require(request.topK() == null, "topK");
        require(request.frequencyPenalty() == null, "frequencyPenalty");
        require(request.presencePenalty() == null, "presencePenalty");
        require(request.stopSequences() == null || request.stopSequences().isEmpty(), "stopSequences");
        require(request.toolChoice() != ToolChoice.REQUIRED, "toolChoice REQUIRED");
        require(
                request.responseFormat() == null || request.responseFormat().type() == ResponseFormatType.TEXT,
                "responseFormat JSON");
        require(
                request.modelName() == null || request.modelName().equals(info.ref()),
                "modelName " + request.modelName() + " beside " + info.ref() + ", which is open,");
    }

    private static void require(boolean supported, String feature) {
        if (!supported) {
            throw new UnsupportedFeatureException(feature + " is not supported by this model");
        }
    }

    /** None where the model was trained on fixed tools and knows them without being told. */
    private List<ToolSpec> tools(dev.langchain4j.model.chat.request.ChatRequest request) {
        boolean told = info.profile().listTools() && request.toolChoice() != ToolChoice.NONE;
        return told && request.toolSpecifications() != null
                ? request.toolSpecifications().stream().map(Schemas::tool).toList()
                : List.of();
    }

    private ChatRequest.Options options(dev.langchain4j.model.chat.request.ChatRequest request) {
        return new ChatRequest.Options(
                thinking,
                request.temperature() == null ? OptionalDouble.empty() : OptionalDouble.of(request.temperature()),
                seed,
                request.maxOutputTokens() == null
                        ? info.profile().maxOutputTokens().orElse(USUAL_OUTPUT)
                        : request.maxOutputTokens());
    }

    private static Message message(ChatMessage message) {
        return switch (message) {
            case UserMessage user -> Message.User.of(text(user.contents()));
            case AiMessage assistant -> assistant(assistant);
            case ToolExecutionResultMessage result -> {
                String text = text(result.contents());
                yield new Message.ToolReply(
                        Optional.ofNullable(result.id()).orElse(""),
                        result.toolName(),
                        Boolean.TRUE.equals(result.isError())
                                ? new ToolResult.Failed(text)
                                : new ToolResult.Done(text));
            }
            default ->
                throw new UnsupportedFeatureException(
                        "a message of type " + message.type() + " is not supported by this model");
        };
    }

    private static String text(List<Content> contents) {
        StringBuilder text = new StringBuilder();
        for (Content content : contents) {
            require(content instanceof TextContent, "content of type " + content.type());
            text.append(text.isEmpty() ? "" : "\n").append(((TextContent) content).text());
        }
        return text.toString();
    }

    private static Message.Assistant assistant(AiMessage message) {
        List<Part> parts = new ArrayList<>();
        if (message.thinking() != null && !message.thinking().isEmpty()) {
            parts.add(new Part.Thinking(message.thinking()));
        }
        if (message.text() != null && !message.text().isEmpty()) {
            parts.add(new Part.Text(message.text()));
        }
        message.toolExecutionRequests().forEach(call -> parts.add(call(call)));
        return new Message.Assistant(
                parts,
                message.hasToolExecutionRequests() ? Finish.TOOL_CALLS : Finish.STOP,
                Trace.read(message.attributes().get(Trace.ATTRIBUTE)));
    }

    private static Part.ToolCall call(ToolExecutionRequest call) {
        String raw = Optional.ofNullable(call.arguments()).orElse("{}");
        return new Part.ToolCall(
                Optional.ofNullable(call.id()).orElse(""),
                call.name(),
                ReplyParts.object(raw).map(Arguments::new).orElse(Arguments.NONE),
                Optional.of(raw));
    }
}
