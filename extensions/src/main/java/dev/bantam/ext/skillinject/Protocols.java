package dev.bantam.ext.skillinject;

import dev.bantam.api.Skill;
import dev.bantam.api.Skills;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The protocols that a person's request asks for by its form. */
final class Protocols {
    private static final String RESEARCH = "research";

    private final List<Form> forms;

    private record Form(Skill card, List<Pattern> patterns) {
        boolean fits(String task) {
            return patterns.stream().anyMatch(pattern -> pattern.matcher(task).find());
        }
    }

    Protocols(Skills skills) {
        forms = skills.ofKind("protocol").stream()
                .map(card -> new Form(
                        card,
                        card.patterns().stream()
                                .map(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE))
                                .toList()))
                .sorted(Comparator.comparing(form -> form.card().name().equals(RESEARCH)))
                .toList();
    }

    /** Those that fit, that for research last. */
    List<Skill> of(String task) {
        return forms.stream().filter(form -> form.fits(task)).map(Form::card).toList();
    }
}
