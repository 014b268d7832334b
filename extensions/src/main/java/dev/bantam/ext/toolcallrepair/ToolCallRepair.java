package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;

/** Runs tool calls that were written as text or are malformed. */
public final class ToolCallRepair implements Extension {
    @Override
    public String name() {
        return "tool-call-repair";
    }

    @Override
    public String summary() {
        return "Runs tool calls that arrive as text or malformed, and answers those that cannot be read.";
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new RepairHooks(context);
    }
}
