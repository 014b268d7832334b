package dev.bantam.model.local;

import dev.bantam.api.Arguments;
import dev.bantam.api.LiveConstraint;
import dev.bantam.engine.grammar.Bindings;
import dev.bantam.engine.grammar.Bound;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tools say of the strings of one call, each asked once. */
final class LiveBindings implements Bindings {
    private final Map<String, List<LiveConstraint>> constraints;
    private final Map<Asked, Bound> answers = new HashMap<>();

    private record Asked(String tool, String argument, Map<String, Object> earlier) {}

    /** @param constraints by the tool's name */
    LiveBindings(Map<String, List<LiveConstraint>> constraints) {
        this.constraints = constraints;
    }

    @Override
    public Bound bound(String tool, String argument, Map<String, Object> earlier) {
        for (LiveConstraint constraint : constraints.getOrDefault(tool, List.of())) {
            if (constraint.argument().equals(argument)) {
                return answers.computeIfAbsent(new Asked(tool, argument, earlier), asked -> ask(constraint, earlier));
            }
        }
        return Bound.FREE;
    }

    private static Bound ask(LiveConstraint constraint, Map<String, Object> earlier) {
        return switch (constraint) {
            case LiveConstraint.OneOf oneOf ->
                new Bound.OneOf(List.copyOf(oneOf.choices().get()));
            case LiveConstraint.SubstringOf substring ->
                substring
                        .text()
                        .apply(new Arguments(earlier))
                        .<Bound>map(Bound.SubstringOf::new)
                        .orElse(Bound.FREE);
        };
    }
}
