package dev.bantam.ext.knowledgeinject;

import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Skill;
import dev.bantam.api.ToolResult;
import dev.bantam.ext.text.Heard;
import dev.bantam.ext.text.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Scores cards when there is something new to score them by: a request of the person, or an error. */
final class KnowledgeInjectHooks implements Hooks {
    /** A prompt that fills more of the window than this gets no cards. */
    private static final double FULL = 0.4;

    private final ExtensionContext context;
    private final List<Signs> signs;
    private final List<String> errors = new ArrayList<>();
    private String task = "";
    private int leftForTask;
    private int leftForErrors;
    private long used;
    private boolean forgotten; // a compaction took away what was given

    KnowledgeInjectHooks(ExtensionContext context) {
        this.context = context;
        signs = Stream.concat(context.skills().ofKind("knowledge").stream(), context.skills().ofKind("").stream())
                .map(Signs::of)
                .toList();
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.ToolFinished finished && finished.result() instanceof ToolResult.Failed failed) {
            errors.add(failed.content());
        } else if (event instanceof Event.AssistantReplied replied) {
            used = replied.usage().input() + replied.usage().output();
        } else if (event instanceof Event.Compacted compacted) {
            used = compacted.afterTokens();
            forgotten = true;
        }
    }

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        Heard heard = new Heard(conversation);
        String asked = heard.task().orElse(task);
        boolean newTask = forgotten || !asked.equals(task);
        task = asked;
        forgotten = false;
        if (newTask) {
            leftForTask = context.setting(KnowledgeInject.TOKENS);
            leftForErrors = leftForTask;
        }
        String failed = String.join("\n", errors);
        errors.clear();
        if (full(heard)) {
            return List.of();
        }
        List<Guidance> guidance = new ArrayList<>();
        if (newTask) {
            leftForTask = give(heard, new Wording(task), signs -> true, "the task", leftForTask, guidance);
        }
        if (!failed.isBlank()) {
            Wording error = new Wording(failed);
            leftForErrors = give(
                    heard,
                    new Wording(task + "\n" + failed),
                    signs -> signs.score(error) > 0,
                    "an error",
                    leftForErrors,
                    guidance);
        }
        return guidance;
    }

    /** Gives what fits best, as long as there is room. Returns the tokens that are left. */
    private int give(
            Heard heard, Wording text, Predicate<Signs> counts, String why, int tokens, List<Guidance> guidance) {
        double threshold = context.setting(KnowledgeInject.THRESHOLD);
        int left = tokens;
        List<Signs> fitting = signs.stream()
                .filter(each -> each.score(text) >= threshold && counts.test(each))
                .sorted(Comparator.comparingDouble((Signs each) -> each.score(text))
                        .reversed())
                .toList();
        for (Signs each : fitting) {
            Excerpt excerpt = excerpt(each.card());
            boolean told = heard.told(excerpt.text())
                    || guidance.stream().anyMatch(given -> given.text().equals(excerpt.text()));
            if (!excerpt.text().isEmpty() && excerpt.tokens() <= left && !told) {
                guidance.add(new Guidance(excerpt.text(), reason(each, text, why)));
                left -= excerpt.tokens();
            }
        }
        return left;
    }

    private Excerpt excerpt(Skill card) {
        return Excerpt.of(card, context.setting(KnowledgeInject.ENTRY_TOKENS), context::countTokens);
    }

    private static String reason(Signs signs, Wording text, String why) {
        return String.format(Locale.ROOT, "%s fits %s (%.1f)", signs.card().name(), why, signs.score(text));
    }

    private boolean full(Heard heard) {
        return heard.tokens(used, context::countTokens) > FULL * context.model().contextWindow();
    }
}
