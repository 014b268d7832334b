package dev.bantam.ext.skillinject;

import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Skill;
import dev.bantam.api.Skills;
import dev.bantam.api.SlashCommand;
import dev.bantam.ext.text.Heard;
import dev.bantam.ext.text.Template;
import dev.bantam.ext.text.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Chooses cards before each request. */
final class SkillInjectHooks implements Hooks {
    /** The window for which the setting names the tokens; it grows and shrinks with the window, within bounds. */
    private static final int USUAL_WINDOW = 32_768;

    private static final double LEAST_SHARE = 0.5;
    private static final double MOST_SHARE = 2;

    /** A window that is filled further than this gets none; cards shall not be what brings on a compaction. */
    private static final double FULL = 0.75;

    /** Cards never take more than this part of what is left until then. */
    private static final int PART_OF_REST = 8;

    private final Template frame = Template.of(SkillInjectHooks.class, "cards.md");
    private final ExtensionContext context;
    private final Skills skills;
    private final List<String> required;
    private final Protocols protocols;
    private final SkillCommands commands;
    private final RecentCalls calls = new RecentCalls();
    private String task = "";
    private long used;
    private boolean forgotten; // a compaction took away what was given

    SkillInjectHooks(ExtensionContext context, List<String> required) {
        this.context = context;
        this.required = required;
        skills = context.skills();
        protocols = new Protocols(skills);
        commands = new SkillCommands(context, skills);
        context.earlier().forEach(message -> {
            if (message instanceof Message.ToolReply reply) {
                calls.note(reply.tool(), reply.result());
            }
        });
    }

    @Override
    public List<SlashCommand> commands() {
        return commands.all();
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.ToolFinished finished) {
            calls.note(finished.tool(), finished.result());
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
        String asked = heard.task().orElse(task); // a compaction may have taken it away
        boolean hints = forgotten || !asked.equals(task);
        task = asked;
        forgotten = false;
        OfferedTools tools = new OfferedTools(skills, context.tools());
        List<Guidance> guidance = new ArrayList<>(commands.asked());
        Choice directives = new Choice(heard, tools, context::countTokens, budget(heard));
        protocols.of(task).forEach(card -> directives.offer(card, "the task's form"));
        Choice cards = new Choice(heard, tools, context::countTokens, directives.left());
        chooseByCalls(cards, tools);
        if (hints) {
            chooseByWords(cards, tools);
        }
        if (!cards.none()) {
            guidance.add(new Guidance(frame.with(Map.of("cards", cards.text())), "cards: " + cards.reason()));
        }
        if (!directives.none()) {
            guidance.add(new Guidance(directives.text(), "protocol: " + directives.reason()));
        }
        return guidance;
    }

    private void chooseByCalls(Choice cards, OfferedTools tools) {
        calls.failed().flatMap(tools::card).ifPresent(card -> cards.offer(card, "failed"));
        required.forEach(tool -> tools.card(tool).ifPresent(card -> cards.require(card, "required")));
        calls.used().forEach(tool -> tools.card(tool).ifPresent(card -> cards.offer(card, "used")));
    }

    /** Once for a task: else those that did not fit would come one request later, needed or not. */
    private void chooseByWords(Choice cards, OfferedTools tools) {
        Wording wording = new Wording(task);
        tools.cards().stream()
                .filter(card -> signs(card, wording) > 0)
                .sorted(Comparator.comparingLong((Skill card) -> signs(card, wording))
                        .reversed())
                .forEach(card -> cards.offer(card, "the task's words"));
    }

    private static long signs(Skill card, Wording wording) {
        return wording.count(card.words()) + 2 * wording.count(card.phrases());
    }

    private int budget(Heard heard) {
        int window = context.model().contextWindow();
        double share = Math.clamp((double) window / USUAL_WINDOW, LEAST_SHARE, MOST_SHARE);
        double rest = Math.max(0, FULL * window - heard.tokens(used, context::countTokens)) / PART_OF_REST;
        return (int) Math.min(context.setting(SkillInject.TOKENS) * share, rest);
    }
}
