package dev.bantam.core.dispatch;

import dev.bantam.api.LiveConstraint;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools of a session, in a fixed order. */
public final class ToolBox {
    private final Map<String, Tool> byName = new LinkedHashMap<>();

    /** @throws IllegalArgumentException when two tools have one name */
    public ToolBox(List<Tool> tools) {
        for (Tool tool : tools) {
            if (byName.put(tool.spec().name(), tool) != null) {
                throw new IllegalArgumentException(
                        "two tools are named " + tool.spec().name());
            }
        }
    }

    public List<ToolSpec> specs() {
        return byName.values().stream().map(Tool::spec).toList();
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The tool of exactly this name, else the one that is also known by it. */
    public Optional<Tool> find(String called) {
        Tool exact = byName.get(called);
        return exact != null
                ? Optional.of(exact)
                : byName.values().stream()
                        .filter(tool -> tool.spec().answersTo(called))
                        .findFirst();
    }

    /** What strings of calls may be now, by tool. */
    public Map<String, List<LiveConstraint>> constraints(ToolContext context) {
        Map<String, List<LiveConstraint>> offered = new LinkedHashMap<>();
        byName.forEach((name, tool) -> offered.put(name, tool.constraints(context)));
        offered.values().removeIf(List::isEmpty);
        return offered;
    }
}
