package dev.bantam.ext.thinkingbudget;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.ext.text.Template;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Watches the thoughts of one session. */
final class BudgetHooks implements Hooks {
    private static final int MOST_IN_A_ROW = 2;

    private final ExtensionContext context;
    private final Template told = Template.of(BudgetHooks.class, "thought-ended.md");
    private OptionalInt budget = OptionalInt.empty();
    private ThoughtCount count;
    private int turn;
    private int turnWithoutThinking; // 0 for none
    private int endedInARow;

    BudgetHooks(ExtensionContext context) {
        this.context = context;
        this.count = new ThoughtCount(context::countTokens);
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted started) {
            turn = started.turn();
            turnWithoutThinking = turn == 1 ? 0 : turnWithoutThinking;
        } else if (event instanceof Event.AssistantReplied replied
                && replied.message().finish() != Finish.HALTED) {
            endedInARow = 0;
        }
    }

    /** By the turn, and not by a flag that the first request clears: a request may be sent again after a compaction. */
    @Override
    public Optional<ChatRequest.Options> shapeOptions(ChatRequest.Options asked) {
        count = new ThoughtCount(context::countTokens);
        budget = Budget.of(asked, context.model().local() ? context.setting(ThinkingBudget.TOKENS) : Integer.MAX_VALUE);
        return turn == turnWithoutThinking
                ? Optional.of(new ChatRequest.Options(
                        ThinkingLevel.OFF, asked.temperature(), asked.seed(), asked.maxOutputTokens()))
                : Optional.empty();
    }

    @Override
    public Optional<Halt> watchReply(Streaming soFar) {
        if (budget.isEmpty()
                || !soFar.text().isEmpty()
                || endedInARow >= MOST_IN_A_ROW
                || !count.exceeds(soFar.thinking(), budget.getAsInt())) {
            return Optional.empty();
        }
        endedInARow++;
        turnWithoutThinking = soFar.turn() + 1;
        String trace =
                Trace.kept(soFar.thinking().toString(), context.setting(ThinkingBudget.KEPT), context::countTokens);
        return Optional.of(new Halt(
                told.with(Map.of("trace", trace)),
                "the thought ran over its budget of " + budget.getAsInt() + " tokens"));
    }
}
