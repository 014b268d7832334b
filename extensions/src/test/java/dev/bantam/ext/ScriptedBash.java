package dev.bantam.ext;

import dev.bantam.api.Arguments;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The tool {@code bash}, whose results the test writes down; what it prints beyond the script is {@code ok}. */
public final class ScriptedBash implements Tool {

    /** What a command does. */
    @FunctionalInterface
    public interface Work {
        ToolResult run(String command) throws IOException;
    }

    private final Deque<Work> works = new ArrayDeque<>();

    public ScriptedBash prints(String... outputs) {
        for (String output : outputs) {
            does(command -> new ToolResult.Done(output));
        }
        return this;
    }

    public ScriptedBash fails(String... outputs) {
        for (String output : outputs) {
            does(command -> new ToolResult.Failed(output + "\nexit code 1"));
        }
        return this;
    }

    public ScriptedBash does(Work work) {
        works.add(work);
        return this;
    }

    /** The file tools, and this. */
    public List<Tool> withFiles() {
        List<Tool> tools = new ArrayList<>(FileTools.all());
        tools.removeIf(tool -> tool.spec().equals(FileTools.BASH));
        tools.add(this);
        return tools;
    }

    @Override
    public ToolSpec spec() {
        return FileTools.BASH;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext context) throws IOException {
        Work next = works.poll();
        return next == null ? new ToolResult.Done("ok") : next.run(arguments.text("command"));
    }
}
