package dev.bantam.api;

import java.util.List;
import java.util.Optional;

/**
 * The cards of a session.
 *
 * @param all one of each name: the project's, then the user's, then those that come with Bantam
 * @param problems a sentence for each file that was left out
 */
public record Skills(List<Skill> all, List<String> problems) {
    public static final Skills NONE = new Skills(List.of(), List.of());

    public Skills {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    public Optional<Skill> named(String name) {
        return all.stream().filter(skill -> skill.name().equals(name)).findFirst();
    }

    /** Those of one kind, in order. */
    public List<Skill> ofKind(String kind) {
        return all.stream().filter(skill -> skill.kind().equals(kind)).toList();
    }
}
