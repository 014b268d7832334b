package dev.bantam.ext.skillinject;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks.Guidance;
import dev.bantam.api.Skill;
import dev.bantam.api.Skill.Origin;
import dev.bantam.api.Skills;
import dev.bantam.api.SlashCommand;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /skills} lists the cards, {@code /skill:NAME} gives one to the model. */
final class SkillCommands {
    private final ExtensionContext context;
    private final Skills skills;
    private final Set<Skill> asked = new LinkedHashSet<>();

    SkillCommands(ExtensionContext context, Skills skills) {
        this.context = context;
        this.skills = skills;
    }

    List<SlashCommand> all() {
        List<SlashCommand> commands = new ArrayList<>();
        commands.add(new SlashCommand("skills", "the cards that there are, and what they cost", rest -> list()));
        for (Skill skill : skills.all()) {
            commands.add(new SlashCommand(
                    "skill:" + skill.name(),
                    skill.description(),
                    rest -> ask(skill),
                    rest -> takesCards()
                            ? Optional.of(rest.strip()).filter(words -> !words.isEmpty())
                            : Optional.empty()));
        }
        return commands;
    }

    /** The cards that the person asked for, once. They come whole: a person decides what they may cost. */
    List<Guidance> asked() {
        List<Guidance> guidance = asked.stream()
                .map(skill -> new Guidance(skill.text(), "asked for: " + skill.name()))
                .toList();
        asked.clear();
        return guidance;
    }

    private String ask(Skill skill) {
        if (!takesCards()) {
            return "This model is not told anything between its turns; it takes no cards.";
        }
        asked.add(skill);
        return "The card " + skill.name() + " (" + context.countTokens(skill.text())
                + " tokens) goes to the model with the next request.";
    }

    private boolean takesCards() {
        return context.model().profile().guidance();
    }

    private String list() {
        int widest = skills.all().stream()
                .mapToInt(skill -> skill.name().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Origin origin : Origin.values()) {
            List<Skill> theirs = skills.all().stream()
                    .filter(skill -> skill.origin() == origin)
                    .toList();
            if (!theirs.isEmpty()) {
                lines.add(heading(origin));
                theirs.forEach(skill -> lines.add(
                        "  " + skill.name() + " ".repeat(widest - skill.name().length())
                                + "%,6d tokens  ".formatted(context.countTokens(skill.text())) + skill.description()));
            }
        }
        lines.addAll(skills.problems());
        lines.add("/skill:NAME gives one to the model; with words behind it, the model is asked at once.");
        return String.join("\n", lines);
    }

    private String heading(Origin origin) {
        return switch (origin) {
            case PROJECT -> "This project's";
            case USER -> "Yours, in " + context.configFolder().resolve("skills");
            case SHIPPED -> "Bantam's";
        };
    }
}
