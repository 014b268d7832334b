package dev.bantam.ext.skillinject;

import dev.bantam.api.Skill;
import dev.bantam.api.Skills;
import dev.bantam.api.ToolSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Cards as this session's tools allow: what names a tool that is not there would send the model astray. */
final class OfferedTools {
    private static final Pattern NAMED = Pattern.compile("`([a-z][a-z0-9_-]*)`|^([a-z][a-z0-9_-]*) (?=\\{)");

    private final List<Skill> toolCards;
    private final Set<String> offered;
    private final Set<String> missing;

    OfferedTools(Skills skills, List<ToolSpec> tools) {
        toolCards = skills.ofKind("tool");
        offered = tools.stream().map(ToolSpec::name).collect(Collectors.toUnmodifiableSet());
        missing = skills.all().stream()
                .flatMap(skill -> skill.tools().stream())
                .collect(Collectors.toCollection(HashSet::new));
        missing.removeAll(offered);
    }

    /** The card of a tool that the model may call. */
    Optional<Skill> card(String tool) {
        return offered.contains(tool)
                ? toolCards.stream().filter(card -> card.tools().contains(tool)).findFirst()
                : Optional.empty();
    }

    /** All cards whose tools the model may call. */
    List<Skill> cards() {
        return toolCards.stream()
                .filter(card -> offered.containsAll(card.tools()))
                .toList();
    }

    /** A card's text without the lines that name a missing tool. */
    String text(Skill card) {
        return card.text().lines().filter(line -> !namesMissing(line)).collect(Collectors.joining("\n"));
    }

    private boolean namesMissing(String line) {
        Matcher named = NAMED.matcher(line);
        while (named.find()) {
            if (missing.contains(named.group(1) == null ? named.group(2) : named.group(1))) {
                return true;
            }
        }
        return false;
    }
}
