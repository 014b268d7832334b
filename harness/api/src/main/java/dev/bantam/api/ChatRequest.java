package dev.bantam.api;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One request to a model. Of two requests of a conversation the later extends the earlier: same system prompt, same
 * tools, and messages that begin with the earlier ones.
 *
 * @param system the system prompt; empty for none
 * @param constraints what strings of a call may be, by the tool's name; for models that can hold to it
 */
public record ChatRequest(
        String system,
        List<ToolSpec> tools,
        List<Message> messages,
        Options options,
        Map<String, List<LiveConstraint>> constraints,
        Purpose purpose) {
    public ChatRequest {
        tools = List.copyOf(tools);
        messages = List.copyOf(messages);
        constraints = Map.copyOf(constraints);
    }

    public ChatRequest(String system, List<ToolSpec> tools, List<Message> messages, Options options) {
        this(system, tools, messages, options, Map.of(), Purpose.REPLY);
    }

    /** What the answer is for. */
    public enum Purpose {
        /** It is the conversation's next reply. */
        REPLY,
        /**
         * A side question, which must not evict the conversation's cache; only asked where {@link Capabilities#asides()}
         * holds.
         */
        ASIDE,
        /**
         * The last message is a reply that ended without doing what it announced. It is taken up again where it ended, with
         * a tool call opened, and comes back whole; only where {@link Capabilities#takeUp()} holds.
         */
        TAKE_UP
    }

    /** The same question, to be answered in another way. */
    public ChatRequest withOptions(Options other) {
        return new ChatRequest(system, tools, messages, other, constraints, purpose);
    }

    /** The same question for another purpose. */
    public ChatRequest withPurpose(Purpose other) {
        return new ChatRequest(system, tools, messages, options, constraints, other);
    }

    /**
     * How to answer.
     *
     * @param temperature empty leaves it to the model's profile
     * @param maxOutputTokens a positive limit for the reply, thinking included
     */
    public record Options(ThinkingLevel thinking, OptionalDouble temperature, OptionalLong seed, int maxOutputTokens) {}
}
