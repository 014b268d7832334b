package dev.bantam.tui;

import dev.bantam.api.Arguments;
import dev.bantam.api.Event;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Usage;
import java.time.Instant;
import java.util.List;

/** Events as a run would send them, all in the same second unless told otherwise. */
final class Events {
    static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private Events() {}

    static Instant after(long millis) {
        return START.plusMillis(millis);
    }

    static Event turn(int number) {
        return new Event.TurnStarted(START, number);
    }

    static Event prefill(long done, long total, long cached, double rate) {
        return new Event.PrefillAdvanced(START, 1, done, total, cached, rate);
    }

    static Event text(String text) {
        return new Event.TextStreamed(START, 1, text);
    }

    static Event thinking(String text) {
        return new Event.ThinkingStreamed(START, 1, text);
    }

    static Event reply(String text) {
        return new Event.AssistantReplied(
                START, 1, new Message.Assistant(List.of(new Part.Text(text)), Finish.STOP), Usage.NONE);
    }

    static Event started(String tool, Object... arguments) {
        return new Event.ToolStarted(START, 1, new Part.ToolCall("call", tool, Arguments.of(arguments)));
    }

    static Event finished(String tool, ToolResult result, long tookMillis) {
        return new Event.ToolFinished(after(tookMillis), 1, "call", tool, result, tookMillis);
    }

    /** As the harness says it when a run was cancelled before the model heard {@code text}. */
    static Event dropped(String text) {
        return new Event.Decided(START, 1, "harness", "inbox", "dropped", "not sent: " + text);
    }

    static Event ended(Event.Outcome outcome, String reason) {
        return new Event.RunFinished(after(14_200), outcome, reason, "", 4, new Usage(12_300, 512, 11_193), 0);
    }
}
