package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Schema;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the model is told of a call that could not be run. */
final class ProblemText {
    private final Template unreadable = Template.of(ProblemText.class, "unreadable-call.md");
    private final Template unnamed = Template.of(ProblemText.class, "unnamed-call.md");
    private final Template unknown = Template.of(ProblemText.class, "unknown-tool.md");

    String of(Problem problem, Toolbox tools) {
        return problem.tool()
                .map(tool -> unreadable.with(Map.of(
                        "tool", tool.name(),
                        "fault", problem.fault(),
                        "schema", JsonText.of(tool.parameters().toJsonSchema()),
                        "example", JsonText.of(example(tool)))))
                .orElseGet(() -> problem.called().isEmpty()
                        ? unnamed.with(Map.of("fault", problem.fault(), "tools", tools.names()))
                        : unknown.with(Map.of("tool", problem.called(), "tools", tools.names())));
    }

    /** A call with the required arguments, and values that only show their type. */
    private static Map<String, Object> example(ToolSpec tool) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        tool.parameters().fields().stream()
                .filter(Schema.Field::required)
                .forEach(field -> arguments.put(field.name(), sample(field.type())));
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("name", tool.name());
        call.put("arguments", arguments);
        return call;
    }

    private static Object sample(Schema type) {
        return switch (type) {
            case Schema.Text text ->
                text.choices().isEmpty() ? "…" : text.choices().getFirst();
            case Schema.Whole whole -> 1;
            case Schema.Real real -> 1;
            case Schema.Flag flag -> true;
            case Schema.ListOf list -> List.of(sample(list.element()));
            case Schema.Struct struct -> {
                Map<String, Object> sample = new LinkedHashMap<>();
                struct.fields().stream()
                        .filter(Schema.Field::required)
                        .forEach(field -> sample.put(field.name(), sample(field.type())));
                yield sample;
            }
        };
    }
}
