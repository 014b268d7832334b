package dev.bantam.ext.web;

import dev.bantam.api.Arguments;
import dev.bantam.api.Hooks;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.util.List;

/** Answers as the tool of the extension {@code evidence} does, and keeps nothing. */
final class EvidenceTool implements Tool {
    private int facts;

    static Hooks hooks() {
        return new Hooks() {
            @Override
            public List<Tool> tools() {
                return List.of(new EvidenceTool());
            }
        };
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                "evidence_add",
                "Keeps a fact.",
                Field.required("fact", Schema.TEXT, ""),
                Field.required("source", Schema.TEXT, ""));
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext context) {
        return new ToolResult.Done("kept as e" + ++facts);
    }
}
