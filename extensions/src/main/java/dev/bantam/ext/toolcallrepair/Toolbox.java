package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.ToolSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tools of the session, as models call them. */
record Toolbox(List<ToolSpec> tools) {
    Toolbox {
        tools = List.copyOf(tools);
    }

    /** The tool of this name, else one that is known by it. */
    Optional<ToolSpec> find(String called) {
        Optional<ToolSpec> exact =
                tools.stream().filter(tool -> tool.name().equals(called)).findFirst();
        return exact.or(
                () -> tools.stream().filter(tool -> tool.answersTo(called)).findFirst());
    }

    String names() {
        return tools.stream().map(ToolSpec::name).collect(Collectors.joining(", "));
    }
}
