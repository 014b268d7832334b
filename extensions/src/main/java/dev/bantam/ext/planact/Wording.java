package dev.bantam.ext.planact;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.Template;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the model is told. */
record Wording(ExtensionContext context) {
    /** Tools that change nothing in the workspace; those that are there of them may be used while a plan is made. */
    private static final Set<String> READING = Set.of(
            "read", "grep", "glob", "ls", "evidence_add", "evidence_get", "evidence_list", "web_fetch", "web_search");

    static boolean reads(String tool) {
        return READING.contains(tool);
    }

    String planning() {
        return with("planning.md", Map.of("tools", tools()));
    }

    String refusal(String tool) {
        return with("only-reading.md", Map.of("tool", tool, "tools", tools()));
    }

    String noPlan() {
        return with("no-plan.md", Map.of("most", Plan.MOST_STEPS));
    }

    String withoutPlan() {
        return with("without-plan.md", Map.of());
    }

    String approved(Progress progress) {
        return with("approved.md", Map.of("plan", progress.plan().list())) + "\n\n" + step(progress);
    }

    String goingOn(Progress progress) {
        return with("going-on.md", Map.of("plan", progress.shown())) + "\n\n" + step(progress);
    }

    String step(Progress progress) {
        return with(
                "step.md",
                Map.of(
                        "number",
                        progress.current(),
                        "count",
                        progress.plan().steps().size(),
                        "step",
                        progress.step()));
    }

    String again(Progress progress, String failure) {
        return with("again.md", Map.of("number", progress.current(), "failure", failure)) + "\n\n" + step(progress);
    }

    String replan(Progress progress, String failure) {
        return with("replan.md", Map.of("number", progress.current(), "failure", failure, "tools", tools()));
    }

    private String tools() {
        return context.tools().stream()
                .map(ToolSpec::name)
                .filter(READING::contains)
                .collect(Collectors.joining(", "));
    }

    private static String with(String resource, Map<String, ?> values) {
        return Template.of(Wording.class, resource).with(values);
    }
}
