package dev.bantam.ext.memorybank;

import dev.bantam.ext.text.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** What a new session is told of the earlier ones, within a budget of tokens. */
record Recall(int budget, ToIntFunction<String> count) {
    private static final int TASKS = 5;

    /** @param context the file {@code activeContext.md}; may be empty */
    String text(Decisions decisions, String context, Tasks tasks) {
        List<String> lines = new ArrayList<>();
        if (!decisions.none()) {
            lines.add("## Decisions");
            lines.addAll(decisions.lines().lines().toList());
        }
        context.lines().skip(1).filter(line -> !line.isBlank()).forEach(lines::add);
        if (!tasks.lines(TASKS).isEmpty()) {
            lines.add("## Last tasks");
            lines.addAll(tasks.lines(TASKS).lines().toList());
        }
        String rule = Template.of(Recall.class, "say-decisions.md").text();
        if (lines.isEmpty()) {
            return rule;
        }
        return Template.of(Recall.class, "earlier-sessions.md").with(Map.of("memory", fitting(lines), "rule", rule));
    }

    private String fitting(List<String> lines) {
        StringBuilder kept = new StringBuilder();
        for (String line : lines) {
            if (count.applyAsInt(kept + line) > budget) {
                return kept + "[… more in .bantam/memory/ …]";
            }
            kept.append(line).append('\n');
        }
        return kept.toString().stripTrailing();
    }
}
