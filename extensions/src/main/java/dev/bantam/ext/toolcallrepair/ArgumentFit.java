package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.ToolSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fits what a model wrote to a tool's schema. The names stay as they were written: the dispatcher maps them, visibly. */
final class ArgumentFit {
    /** @param coercions one sentence for each value that was taken as another type */
    record Fitted(Arguments arguments, List<String> coercions) {
        Fitted {
            coercions = List.copyOf(coercions);
        }
    }

    private ArgumentFit() {}

    /** @throws Fault with what is wrong, for the model */
    static Fitted fit(ToolSpec tool, Draft draft) throws Fault {
        ValueFit values = new ValueFit(tool.name(), draft.source());
        Map<String, Object> arguments = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        for (Json.Member member : draft.arguments().members()) {
            Optional<Schema.Field> field = tool.field(member.name());
            if (field.isEmpty()) {
                throw new Fault("there is no argument " + member.name() + "; the arguments are " + names(tool));
            }
            if (!known.add(field.get().name())) {
                throw new Fault("the argument " + field.get().name() + " is there twice");
            }
            if (member.value() instanceof Json.Nothing && !field.get().required()) {
                values.note("left out " + member.name() + " of " + tool.name() + ", which was null");
            } else {
                arguments.put(
                        member.name(), values.fit(member.name(), field.get().type(), member.value()));
            }
        }
        for (Schema.Field field : tool.parameters().fields()) {
            if (field.required() && !known.contains(field.name())) {
                throw new Fault("the argument " + field.name() + " is missing");
            }
        }
        return new Fitted(new Arguments(arguments), values.notes());
    }

    private static String names(ToolSpec tool) {
        return tool.parameters().fields().stream().map(Schema.Field::name).collect(Collectors.joining(", "));
    }
}
