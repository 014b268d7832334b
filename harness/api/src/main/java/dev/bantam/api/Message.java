package dev.bantam.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One entry of a conversation. A conversation grows at its end and is never rewritten; the one exception is compaction,
 * which starts a new one. The system prompt is no message: it stands in {@link ChatRequest}.
 */
public sealed interface Message {

    /** Who speaks in a user message. Models see the same role for all; people and extensions need to tell them apart. */
    enum Origin {
        /** The person, at the start or while the run goes on. */
        USER,
        /** The harness: a summary after compaction, a correction, an extension's guidance. */
        HARNESS
    }

    /** What the person, or the harness in the user's role, says. */
    record User(List<Part> parts, Origin origin) implements Message {
        public User {
            parts = List.copyOf(parts);
        }

        public static User of(String text) {
            return new User(List.of(new Part.Text(text)), Origin.USER);
        }

        public static User fromHarness(String text) {
            return new User(List.of(new Part.Text(text)), Origin.HARNESS);
        }
    }

    /**
     * What the model replied.
     *
     * @param tokens the very tokens that were generated, where the model runs in this process; a later request reads
     *     these again and not a re-rendering of the parts
     */
    record Assistant(List<Part> parts, Finish finish, Optional<TokenTrace> tokens) implements Message {
        public Assistant {
            parts = List.copyOf(parts);
        }

        public Assistant(List<Part> parts, Finish finish) {
            this(parts, finish, Optional.empty());
        }

        public List<Part.ToolCall> toolCalls() {
            return parts.stream()
                    .filter(Part.ToolCall.class::isInstance)
                    .map(Part.ToolCall.class::cast)
                    .toList();
        }

        public String thinking() {
            return parts.stream()
                    .map(part -> part instanceof Part.Thinking thinking ? thinking.text() : "")
                    .collect(Collectors.joining());
        }

        /** The same reply with other parts: how a repair enters the conversation. The tokens stay: they were said. */
        public Assistant withParts(List<Part> changed) {
            return new Assistant(changed, finish, tokens);
        }
    }

    /** What came of one tool call. Results follow the assistant message in the order of its calls. */
    record ToolReply(String callId, String tool, ToolResult result) implements Message {}

    /** The visible text of this message, its text parts joined; the result's content for a tool's reply. */
    default String text() {
        return switch (this) {
            case User user -> join(user.parts());
            case Assistant assistant -> join(assistant.parts());
            case ToolReply reply -> reply.result().content();
        };
    }

    private static String join(List<Part> parts) {
        return parts.stream()
                .map(part -> part instanceof Part.Text text ? text.text() : "")
                .collect(Collectors.joining());
    }
}
