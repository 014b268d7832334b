package dev.bantam.ext;

import dev.bantam.api.Arguments;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;

/** A {@code bash} whose commands all fail with this output. */
public record FailingBash(String output) implements Tool {
    @Override
    public ToolSpec spec() {
        return FileTools.BASH;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext context) {
        return new ToolResult.Failed(output + "\n[exit code 1]");
    }
}
