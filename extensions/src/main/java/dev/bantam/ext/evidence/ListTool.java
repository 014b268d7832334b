package dev.bantam.ext.evidence;

import dev.bantam.api.Arguments;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.Template;
import java.util.stream.Collectors;

/** The tool {@code evidence_list}. */
record ListTool(FactFile facts) implements Tool {
    private static final int SHOWN = 100; // characters of each; evidence_get shows it whole

    private static final ToolSpec SPEC = ToolSpec.of(
                    "evidence_list",
                    Template.of(ListTool.class, "evidence_list.md").text())
            .alsoKnownAs("list_evidence");

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext context) {
        return new ToolResult.Done(
                facts.facts().isEmpty()
                        ? Template.of(ListTool.class, "nothing-kept.md").text()
                        : facts.facts().stream().map(ListTool::line).collect(Collectors.joining("\n")));
    }

    private static String line(Fact fact) {
        String first = fact.text().lines().findFirst().orElse("");
        String shown = first.length() > SHOWN ? first.substring(0, SHOWN) : first;
        return new Fact(fact.id(), shown.equals(fact.text()) ? shown : shown + " …", fact.source()).shown();
    }
}
