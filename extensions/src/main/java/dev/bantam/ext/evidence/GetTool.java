package dev.bantam.ext.evidence;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.Template;
import java.util.Map;

/** The tool {@code evidence_get}. */
record GetTool(FactFile facts) implements Tool {
    private static final ToolSpec SPEC = ToolSpec.of(
                    "evidence_get",
                    Template.of(GetTool.class, "evidence_get.md").text(),
                    Field.required("id", Schema.TEXT, "", "evidence_id", "key"))
            .alsoKnownAs("get_evidence");

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
        String asked = arguments.text("id").strip();
        String id = asked.matches("\\d+") ? "e" + asked : asked;
        return facts.find(id)
                .<ToolResult>map(fact -> new ToolResult.Done(fact.shown()))
                .orElseGet(() -> new ToolResult.Failed(
                        Template.of(GetTool.class, "no-such-fact.md").with(Map.of("id", asked, "ids", ids()))));
    }

    private String ids() {
        return switch (facts.facts().size()) {
            case 0 -> "none";
            case 1 -> facts.facts().getFirst().id();
            default ->
                facts.facts().getFirst().id() + " to " + facts.facts().getLast().id();
        };
    }
}
