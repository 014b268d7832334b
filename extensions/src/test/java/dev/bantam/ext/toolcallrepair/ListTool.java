package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;

/** A tool that needs no argument. */
final class ListTool implements Tool {
    @Override
    public ToolSpec spec() {
        return ToolSpec.of("ls", "Lists a folder.", Schema.Field.optional("path", Schema.TEXT, ""));
    }

    @Override
    public boolean readOnly() {
        return true;
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext context) {
        return new ToolResult.Done("listed");
    }
}
