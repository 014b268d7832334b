package dev.bantam.tui;

import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Says events in lines of text, each at most as wide as asked for. Streams (text, thinking, prefill) have no lines here:
 * they are drawn while they last. It remembers the calls that are still running, so that a finished one can say what it
 * was about.
 */
public final class EventLines {
    /** What extensions do turn by turn; a person need not read it, and {@code --json} has it. */
    private static final Set<String> ROUTINE = Set.of("guided", "profile", "rewritten", "left_out");

    private final Map<String, Part.ToolCall> open = new HashMap<>();
    private Instant started = Instant.EPOCH;

    public List<AttributedString> of(Event event, int width) {
        return switch (event) {
            case Event.SessionStarted session -> {
                String text = session.model() + " · sandbox " + session.sandbox() + " · " + session.cwd();
                yield List.of(dim(text, width));
            }
            case Event.TurnStarted turn -> {
                started = turn.turn() == 1 || started == Instant.EPOCH ? turn.at() : started;
                yield List.of();
            }
            case Event.PrefillAdvanced prefill -> List.of();
            case Event.TextStreamed text -> List.of();
            case Event.ThinkingStreamed thinking -> List.of();
            case Event.AssistantReplied reply -> List.of();
            case Event.ToolStarted tool -> {
                open.put(tool.call().id(), tool.call());
                yield List.of();
            }
            case Event.ToolFinished tool -> finished(tool, width);
            case Event.Decided decided
            when Unsent.from(decided).isPresent() -> {
                String text = "↳ not sent: " + Unsent.from(decided).get();
                yield List.of(Columns.cut(Ink.line(Clean.line(text), Ink.NOTE), width));
            }
            case Event.Decided decided when ROUTINE.contains(decided.verdict()) -> List.of();
            case Event.Decided decided -> {
                String reason = Clean.firstLine(decided.reason());
                String text = decided.extension() + " " + decided.verdict() + (reason.isEmpty() ? "" : ": " + reason);
                yield List.of(dim(text, width));
            }
            case Event.Compacted compacted -> {
                String text = "context compacted " + Figures.tokens(compacted.beforeTokens()) + " → "
                        + Figures.tokens(compacted.afterTokens());
                yield List.of(dim(text, width));
            }
            case Event.Escalated up -> {
                String text = "escalated " + up.from() + " → " + up.to() + ": " + up.reason();
                yield List.of(Columns.cut(Ink.line(Clean.line(text), Ink.NOTE), width));
            }
            case Event.RunFinished run -> ended(run, width);
        };
    }

    private List<AttributedString> finished(Event.ToolFinished event, int width) {
        Part.ToolCall call = open.remove(event.callId());
        String what = call == null ? Clean.line(event.tool()) : CallSummary.of(call);
        String took = Figures.time(Duration.ofMillis(event.tookMillis()));
        List<AttributedString> lines = new ArrayList<>();
        switch (event.result()) {
            case ToolResult.Done done -> lines.add(toolLine(what, "✓ " + took, Ink.GOOD, width));
            case ToolResult.Refused refused -> lines.add(toolLine(what, "refused", Ink.NOTE, width));
            case ToolResult.Failed failed -> lines.add(toolLine(what, "✗ " + took, Ink.BAD, width));
        }
        String reason = Clean.firstLine(event.result().content());
        if (!(event.result() instanceof ToolResult.Done) && !reason.isEmpty()) {
            lines.add(Columns.cut(Ink.line("  " + reason, Ink.DIM), width));
        }
        return lines;
    }

    private static AttributedString toolLine(String what, String status, AttributedStyle style, int width) {
        int room = Math.max(8, width - status.length() - 4);
        AttributedString line = new AttributedStringBuilder()
                .styled(style, "● ")
                .append(Columns.cut(what, room))
                .append("  ")
                .styled(style, status)
                .toAttributedString();
        return Columns.cut(line, width);
    }

    private List<AttributedString> ended(Event.RunFinished run, int width) {
        StringJoiner facts = new StringJoiner(" · ");
        String turns = run.turns() + (run.turns() == 1 ? " turn" : " turns");
        facts.add(run.outcome() == Outcome.COMPLETED ? "done in " + turns : turns);
        Usage usage = run.usage();
        if (usage.input() > 0) {
            String cached = Figures.percent(usage.cached(), usage.input());
            facts.add(Figures.tokens(usage.input()) + " in (" + cached + " cached)");
        }
        facts.add(Figures.tokens(usage.output()) + " out");
        if (started != Instant.EPOCH) {
            facts.add(Figures.time(Duration.between(started, run.at())));
        }
        if (run.costUsd() > 0) {
            facts.add(String.format(Locale.ROOT, "$%.2f", run.costUsd()));
        }
        open.clear();
        started = Instant.EPOCH;
        List<AttributedString> lines = new ArrayList<>();
        if (run.outcome() != Outcome.COMPLETED) {
            AttributedStyle style = run.outcome() == Outcome.FAILED ? Ink.BAD : Ink.NOTE;
            String reason =
                    run.reason().isBlank() ? "" : ": " + Clean.text(run.reason().strip());
            (run.outcome().word() + reason)
                    .lines()
                    .forEach(line -> lines.addAll(Columns.wrap(Ink.line(line, style), width)));
        }
        lines.add(dim(facts.toString(), width));
        return lines;
    }

    private static AttributedString dim(String text, int width) {
        return Columns.cut(Ink.line(Clean.line(text), Ink.DIM), width);
    }
}
