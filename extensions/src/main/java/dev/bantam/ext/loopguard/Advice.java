package dev.bantam.ext.loopguard;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the model is told of a loop: what was repeated, and a different next step. */
final class Advice {
    private static final int SHOWN_ACTS = 4;

    private final ExtensionContext context;

    Advice(ExtensionContext context) {
        this.context = context;
    }

    String of(Finding finding) {
        Act last = finding.acts().getLast();
        String resource = switch (finding.kind()) {
            case REPEATED -> finding.acts().size() == 1 ? "same-call.md" : "same-steps.md";
            case UNKNOWN_TOOL -> "unknown-tool.md";
            case SAME_FAILURE -> "same-failure.md";
            case STUCK -> "stuck.md";
            case NOTHING_NEW -> "nothing-new.md";
        };
        return Template.of(Advice.class, resource)
                .with(Map.of(
                        "times",
                        finding.times(),
                        "call",
                        last.shownCall(),
                        "calls",
                        calls(finding.acts()),
                        "result",
                        last.shownResult(),
                        "tool",
                        last.call().tool(),
                        "tools",
                        tools(""),
                        "next",
                        next(last)));
    }

    /** For a call that is refused. */
    String refusal(Act act) {
        return Template.of(Advice.class, "refused.md")
                .with(Map.of(
                        "tool", act.call().tool(),
                        "result", act.shownResult(),
                        "next", next(act),
                        "tools", tools(act.call().tool())));
    }

    static String emptyAgain(boolean thoughtOnly) {
        return Template.of(Advice.class, thoughtOnly ? "thought-only.md" : "empty-again.md")
                .text();
    }

    private String next(Act act) {
        String path = act.call().arguments().optionalText("path").orElse("");
        if (act.call().tool().equals("edit") && !act.done() && has("read") && !path.isBlank()) {
            return Template.of(Advice.class, "next-after-edit.md")
                    .with(Map.of("read", JsonText.of(Map.of("path", path))));
        }
        String resource = act.patience() != Patience.ORDINARY
                ? "next-when-waiting.md"
                : act.done() ? "next-after-success.md" : "next-after-failure.md";
        return Template.of(Advice.class, resource).text();
    }

    private boolean has(String tool) {
        return context.tools().stream().anyMatch(spec -> spec.name().equals(tool));
    }

    private String tools(String but) {
        return context.tools().stream()
                .map(ToolSpec::name)
                .filter(name -> !name.equals(but))
                .collect(Collectors.joining(", "));
    }

    private static String calls(List<Act> acts) {
        return acts.stream().limit(SHOWN_ACTS).map(Act::shownCall).collect(Collectors.joining("\n"));
    }
}
