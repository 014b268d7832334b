package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Hooks.MendedReply;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Repairs one reply. Used once. */
final class ReplyRepair {
    private final Toolbox tools;
    private final TextRepair texts;
    private final List<String> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param ids makes the ids of calls */
    ReplyRepair(Toolbox tools, Supplier<String> ids) {
        this.tools = tools;
        this.texts = new TextRepair(tools, ids);
    }

    /** What was meant as a call and cannot be run; known after {@link #repair}. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    Optional<MendedReply> repair(Message.Assistant reply) {
        List<Part> parts = new ArrayList<>();
        NativeRepair natives = new NativeRepair(tools, steps, problems);
        for (Part part : reply.parts()) {
            switch (part) {
                case Part.ToolCall call -> parts.add(natives.repair(call));
                case Part.Text text -> addText(parts, text, reply.toolCalls());
                case Part.Thinking thinking -> parts.add(thinking);
                case Part.Image image -> parts.add(image);
            }
        }
        if (endedThinking(parts)) {
            parts = withThoughtCalls(parts);
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(new MendedReply(parts, steps));
    }

    private void addText(List<Part> parts, Part.Text text, List<Part.ToolCall> natives) {
        Thoughts thoughts = Thoughts.split(text.text());
        TextRepair.Repaired repaired = texts.visible(thoughts.said(), natives);
        note(repaired);
        String rest = repaired.calls().isEmpty() ? text.text() : thoughts.thought() + repaired.rest();
        if (repaired.calls().isEmpty() || !rest.isBlank()) {
            parts.add(repaired.calls().isEmpty() ? text : new Part.Text(rest));
        }
        parts.addAll(repaired.calls());
    }

    /** Whether the turn ended inside the thinking: no call, no problem, and nothing said. */
    private boolean endedThinking(List<Part> parts) {
        return problems.isEmpty()
                && parts.stream().allMatch(part -> switch (part) {
                    case Part.Text text -> Thoughts.split(text.text()).said().isBlank();
                    case Part.Thinking thinking -> true;
                    case Part.ToolCall call -> false;
                    case Part.Image image -> false;
                });
    }

    /** With the calls of the last part that says anything. */
    private List<Part> withThoughtCalls(List<Part> parts) {
        int last = parts.size() - 1;
        while (last >= 0 && said(parts.get(last)).isBlank()) {
            last--;
        }
        if (last < 0) {
            return parts;
        }
        Part part = parts.get(last);
        Optional<Thoughts> leaked =
                part instanceof Part.Text text ? Optional.of(Thoughts.split(text.text())) : Optional.empty();
        TextRepair.Repaired repaired = texts.thought(leaked.map(Thoughts::open).orElse(said(part)));
        note(repaired);
        if (repaired.calls().isEmpty()) {
            return parts;
        }
        steps.add("the thinking ended with the call, and nothing was said after it");
        List<Part> changed = new ArrayList<>(parts);
        changed.set(
                last,
                leaked.<Part>map(thoughts ->
                                new Part.Text(thoughts.thinking(repaired.rest()).thought()))
                        .orElseGet(() -> thinkingWithout(part, repaired.rest())));
        changed.addAll(last + 1, repaired.calls());
        return changed;
    }

    /** Sealed thinking must go back as it came. */
    private static Part thinkingWithout(Part part, String rest) {
        return part instanceof Part.Thinking thinking && thinking.seal().isEmpty() ? new Part.Thinking(rest) : part;
    }

    private static String said(Part part) {
        return switch (part) {
            case Part.Text text -> text.text();
            case Part.Thinking thinking -> thinking.text();
            case Part.ToolCall call -> "";
            case Part.Image image -> "";
        };
    }

    private void note(TextRepair.Repaired repaired) {
        steps.addAll(repaired.steps());
        problems.addAll(repaired.problems());
    }
}
