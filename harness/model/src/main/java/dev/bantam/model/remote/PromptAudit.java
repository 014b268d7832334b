package dev.bantam.model.remote;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.Schema;
import dev.bantam.api.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Compares the prompt tokens that a server reports with what it was sent, and so notices a prompt that was cut
 * silently. It remembers the last request and its count: a request that extends it cannot have fewer tokens, the
 * thinking apart that chat templates drop from earlier turns.
 */
final class PromptAudit {
    private static final Set<Long> USUAL_WINDOWS = Set.of(2_048L, 4_096L, 8_192L, 16_384L, 32_768L, 65_536L, 131_072L);
    /** No server cuts a prompt to fewer tokens; one that reports fewer does not count. */
    private static final long SMALLEST_CUT = 1_000;

    private static final double FEWEST_BYTES_OF_A_THINKING_TOKEN = 2;

    private ChatRequest last;
    private long lastTokens;

    /** Remembers a request whose prompt was read whole, unless the count is too low to be one. */
    void read(ChatRequest request, long tokens) {
        if (tokens >= fresh(request)) {
            last = request;
            lastTokens = tokens;
        }
    }

    /**
     * Tokens of a request by the server's count of the one that it extends, with an estimate for the rest; empty when
     * it extends none.
     */
    OptionalLong calibrated(ChatRequest request, ToIntFunction<Message> estimate) {
        return extendsLast(request)
                ? OptionalLong.of(lastTokens
                        + added(request).stream()
                                .mapToLong(message -> 6 + estimate.applyAsInt(message))
                                .sum())
                : OptionalLong.empty();
    }

    /**
     * How many tokens a server that reported this count must have been sent at least; empty when it may well have read
     * everything.
     *
     * @param window the loaded window, as far as it is known
     * @param likely the usual estimate for the request
     */
    OptionalLong cut(ChatRequest request, long reported, long window, long likely) {
        if (reported < SMALLEST_CUT) {
            return OptionalLong.empty();
        }
        long floor = floor(request);
        boolean fullToTheBrim = reported == window && likely > reported * 1.02
                || USUAL_WINDOWS.contains(reported) && likely > reported * 1.25;
        return reported < floor || fullToTheBrim ? OptionalLong.of(Math.max(floor, likely)) : OptionalLong.empty();
    }

    /** The fewest tokens that an honest server can report for this request. */
    private long floor(ChatRequest request) {
        long fresh = fresh(request);
        if (!extendsLast(request)) {
            return fresh;
        }
        double kept = lastTokens - thinkingBytes(last.messages()) / FEWEST_BYTES_OF_A_THINKING_TOKEN;
        return Math.max(fresh, Math.round(0.95 * kept + 0.85 * messages(added(request))));
    }

    /** The floor for a request of which nothing is known; servers may write tools shorter than we do. */
    private static long fresh(ChatRequest request) {
        return Math.round(0.85 * (TokenEstimate.atLeast(request.system()) + messages(request.messages()))
                + 0.5 * tools(request.tools()));
    }

    private boolean extendsLast(ChatRequest request) {
        return last != null
                && request.messages().size() >= last.messages().size()
                && request.system().equals(last.system())
                && request.tools().equals(last.tools())
                && request.messages().subList(0, last.messages().size()).equals(last.messages());
    }

    private List<Message> added(ChatRequest request) {
        return request.messages()
                .subList(last.messages().size(), request.messages().size());
    }

    private static long messages(List<Message> messages) {
        return messages.stream()
                .mapToLong(message -> TokenEstimate.atLeast(message.text())
                        + (message instanceof Message.Assistant assistant
                                ? assistant.toolCalls().stream()
                                        .mapToLong(PromptAudit::call)
                                        .sum()
                                : 0))
                .sum();
    }

    private static long call(Part.ToolCall call) {
        return call.arguments().values().values().stream()
                .mapToLong(value -> value instanceof String text ? TokenEstimate.atLeast(text) : 1)
                .sum();
    }

    private static long tools(List<ToolSpec> tools) {
        return tools.stream()
                .mapToLong(tool -> TokenEstimate.atLeast(tool.name())
                        + TokenEstimate.atLeast(tool.description())
                        + tool.parameters().fields().stream()
                                .mapToLong(PromptAudit::field)
                                .sum())
                .sum();
    }

    private static long field(Schema.Field field) {
        return TokenEstimate.atLeast(field.name()) + TokenEstimate.atLeast(field.description());
    }

    private static long thinkingBytes(List<Message> messages) {
        return messages.stream()
                .mapToLong(message -> message instanceof Message.Assistant assistant
                        ? assistant.thinking().getBytes(StandardCharsets.UTF_8).length
                        : 0)
                .sum();
    }
}
