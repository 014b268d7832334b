package dev.bantam.api;

import java.time.Instant;
import java.util.List;

/**
 * Something that happened in a session, in the past tense. Events are what the terminal draws, what {@code --json}
 * prints and what extensions watch. {@code turn} counts the model's replies from 1.
 */
public sealed interface Event {
    Instant at();

    record SessionStarted(Instant at, String id, String cwd, String model, String sandbox, List<String> extensions)
            implements Event {
        public SessionStarted {
            extensions = List.copyOf(extensions);
        }
    }

    record TurnStarted(Instant at, int turn) implements Event {}

    /** See {@link ReplyListener#prefill}. */
    record PrefillAdvanced(Instant at, int turn, long done, long total, long cached, double tokensPerSecond)
            implements Event {}

    record TextStreamed(Instant at, int turn, String text) implements Event {}

    record ThinkingStreamed(Instant at, int turn, String text) implements Event {}

    /** A reply is complete, repairs included. */
    record AssistantReplied(Instant at, int turn, Message.Assistant message, Usage usage) implements Event {}

    record ToolStarted(Instant at, int turn, Part.ToolCall call) implements Event {}

    record ToolFinished(Instant at, int turn, String callId, String tool, ToolResult result, long tookMillis)
            implements Event {}

    /**
     * Somebody decided something: an extension, or the harness itself.
     *
     * @param extension who, in kebab-case
     * @param kind of what, such as {@code call} or {@code turn}
     * @param verdict such as {@code refused}, {@code nudge} or {@code repaired}
     */
    record Decided(Instant at, int turn, String extension, String kind, String verdict, String reason)
            implements Event {}

    record Compacted(Instant at, int turn, int beforeTokens, int afterTokens) implements Event {}

    record Escalated(Instant at, int turn, String from, String to, String reason) implements Event {}

    /** @param answer the model's last visible text; empty if there is none */
    record RunFinished(
            Instant at, Outcome outcome, String reason, String answer, int turns, Usage usage, double costUsd)
            implements Event {}

    /** How a run ended. */
    enum Outcome {
        COMPLETED,
        STOPPED,
        FAILED,
        CANCELLED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
