package dev.bantam.tui;

import dev.bantam.api.Event;
import dev.bantam.api.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** What a run is doing right now, in one line that may be asked for at any time. */
final class Progress {
    private sealed interface Phase {
        record Waiting() implements Phase {}

        record Reading(Event.PrefillAdvanced prefill) implements Phase {}

        record Thinking() implements Phase {}

        record Writing() implements Phase {}
    }

    private final Map<String, Part.ToolCall> tools = new LinkedHashMap<>();
    private Phase phase = new Phase.Waiting();
    private Instant since = Instant.EPOCH;
    private long deltas;
    private long chars;
    private boolean running;

    void on(Event event) {
        switch (event) {
            case Event.SessionStarted session -> {}
            case Event.TurnStarted turn -> {
                running = true;
                enter(new Phase.Waiting(), turn.at());
            }
            case Event.PrefillAdvanced prefill -> {
                running = true;
                if (!(phase instanceof Phase.Reading)) {
                    enter(phase, prefill.at());
                }
                phase = new Phase.Reading(prefill);
            }
            case Event.ThinkingStreamed thinking -> grow(new Phase.Thinking(), thinking.at(), thinking.text());
            case Event.TextStreamed text -> grow(new Phase.Writing(), text.at(), text.text());
            case Event.AssistantReplied reply -> enter(new Phase.Waiting(), reply.at());
            case Event.ToolStarted tool -> {
                tools.put(tool.call().id(), tool.call());
                enter(new Phase.Waiting(), tool.at());
            }
            case Event.ToolFinished tool -> {
                tools.remove(tool.callId());
                enter(new Phase.Waiting(), tool.at());
            }
            case Event.Decided decided -> {}
            case Event.Compacted compacted -> {}
            case Event.Escalated escalated -> {}
            case Event.RunFinished run -> stop();
        }
    }

    /** A run was asked for; its first event may take a while. */
    void start(Instant now) {
        running = true;
        enter(new Phase.Waiting(), now);
    }

    void stop() {
        running = false;
        tools.clear();
    }

    boolean running() {
        return running;
    }

    /**
     * Tokens of the text or thinking that streams now. A local model sends one at a time; where several come together,
     * six characters are taken for one.
     */
    long streamedTokens() {
        return Math.max(deltas, chars / 6);
    }

    String line(Instant now) {
        Duration time = Duration.between(since, now);
        if (!tools.isEmpty()) {
            String more = tools.size() > 1 ? " and " + (tools.size() - 1) + " more" : "";
            return CallSummary.of(tools.values().iterator().next()) + more + " · " + Figures.wholeSeconds(time);
        }
        return switch (phase) {
            case Phase.Waiting waiting -> "waiting for the model · " + Figures.wholeSeconds(time);
            case Phase.Reading reading -> reading(reading.prefill(), now);
            case Phase.Thinking thinking -> "thinking… " + streamed(time);
            case Phase.Writing writing -> "writing… " + streamed(time);
        };
    }

    /** {@code reading 12.4k of 31k · 410/s · 45 s left · 97 % cached}, with what is known. */
    static String reading(Event.PrefillAdvanced prefill, Instant now) {
        StringJoiner line = new StringJoiner(" · ");
        String of = prefill.total() > 0 ? " of " + Figures.tokens(prefill.total()) : "";
        line.add("reading " + Figures.tokens(prefill.done()) + of);
        if (prefill.tokensPerSecond() > 0) {
            line.add(Figures.rate(prefill.tokensPerSecond()));
            double left = Math.max(0, prefill.total() - prefill.done()) / prefill.tokensPerSecond();
            Duration still = Duration.ofSeconds((long) left).minus(Duration.between(prefill.at(), now));
            if (still.isPositive()) {
                line.add(Figures.wholeSeconds(still) + " left");
            }
        }
        if (prefill.total() > 0) {
            line.add(Figures.percent(prefill.cached(), prefill.total()) + " cached");
        }
        return line.toString();
    }

    private String streamed(Duration time) {
        String line =
                streamedTokens() + (streamedTokens() == 1 ? " token · " : " tokens · ") + Figures.wholeSeconds(time);
        return time.toMillis() < 1_000 ? line : line + " · " + Figures.rate(streamedTokens() * 1e3 / time.toMillis());
    }

    private void grow(Phase next, Instant at, String text) {
        running = true;
        if (!phase.equals(next)) {
            enter(next, at);
        }
        deltas++;
        chars += text.length();
    }

    private void enter(Phase next, Instant at) {
        phase = next;
        since = at;
        deltas = 0;
        chars = 0;
    }
}
