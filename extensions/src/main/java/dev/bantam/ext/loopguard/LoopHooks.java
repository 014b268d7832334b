package dev.bantam.ext.loopguard;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolResult;
import dev.bantam.api.TurnVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Watches one session. A person's word, like a new prompt, starts the count anew. */
final class LoopHooks implements Hooks {
    private final ExtensionContext context;
    private final History history;
    private final Ladder ladder;
    private final WorkspaceState state;
    private final Map<String, Part.ToolCall> running = new HashMap<>();
    private final Map<String, Act> held = new HashMap<>();
    private final List<Act> acts = new ArrayList<>();
    private int turn;
    private int before;
    private int resultsBefore;
    private int empty;
    private boolean looked;
    private boolean objected; // somebody else has told the model something this turn
    private boolean withoutThinking; // the next reply

    LoopHooks(ExtensionContext context) {
        this.context = context;
        this.history = new History(context.setting(LoopGuard.QUIET_TURNS));
        this.ladder = new Ladder(context);
        this.state = new WorkspaceState(context.workspace());
    }

    @Override
    public List<SlashCommand> commands() {
        return List.of(new SlashCommand("why", "what loop-guard saw, and what it did", rest -> ladder.evidence()));
    }

    @Override
    public void onEvent(Event event) {
        switch (event) {
            case Event.TurnStarted started -> begin(started.turn());
            case Event.ToolStarted started -> running.put(started.call().id(), started.call());
            case Event.ToolFinished finished -> finished(finished);
            case Event.Decided decided -> objected |= isObjection(decided);
            case Event.AssistantReplied replied -> withoutThinking = false;
            case Event.SessionStarted ignored -> {}
            case Event.PrefillAdvanced ignored -> {}
            case Event.TextStreamed ignored -> {}
            case Event.ThinkingStreamed ignored -> {}
            case Event.Compacted ignored -> {}
            case Event.Escalated ignored -> {}
            case Event.RunFinished ignored -> {}
        }
    }

    private static boolean isObjection(Event.Decided decided) {
        return decided.kind().equals("turn")
                && !decided.extension().equals("loop-guard")
                && (decided.verdict().equals("nudge") || decided.verdict().equals("roll_back"));
    }

    private void begin(int number) {
        turn = number;
        objected = false;
        acts.clear();
        running.clear();
        held.clear();
        if (number == 1) {
            startAnew();
        }
        before = state.print();
        resultsBefore = state.printOfResults();
    }

    private void startAnew() {
        history.clear();
        ladder.progress();
        empty = 0;
        looked = false;
    }

    private void finished(Event.ToolFinished finished) {
        finished.result().effectsOrNone().changed().forEach(state::changed);
        Part.ToolCall call = running.remove(finished.callId());
        if (call != null) {
            Act earlier = held.get(call.id());
            acts.add(earlier == null ? act(call, finished.result()) : earlier.heldBack());
        }
    }

    private Act act(Part.ToolCall call, ToolResult result) {
        boolean known = context.tools().stream().anyMatch(tool -> tool.name().equals(call.tool()));
        return Act.of(call, result, context.workspace(), known);
    }

    /** Gives no guidance; what a person says in between makes a repetition a new request. */
    @Override
    public List<Guidance> guide(List<Message> conversation) {
        if (conversation.getLast() instanceof Message.User user && user.origin() == Message.Origin.USER) {
            startAnew();
        }
        return List.of();
    }

    @Override
    public Optional<ChatRequest.Options> shapeOptions(ChatRequest.Options asked) {
        return withoutThinking
                ? Optional.of(new ChatRequest.Options(
                        ThinkingLevel.OFF, asked.temperature(), asked.seed(), asked.maxOutputTokens()))
                : Optional.empty();
    }

    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        Optional<Act> earlier = ladder.heldBack(CallKey.of(call, context.workspace()), this::stateNow);
        if (earlier.isEmpty()) {
            return CallVerdict.ALLOW;
        }
        held.put(call.id(), earlier.get());
        return new CallVerdict.Refuse(new Advice(context).refusal(earlier.get()), "repeated without effect");
    }

    private int stateNow() {
        state.look();
        return state.print();
    }

    @Override
    public TurnVerdict judgeTurn(Turn judged) {
        if (judged.reply().finish() != Finish.STOP && judged.reply().finish() != Finish.TOOL_CALLS) {
            return TurnVerdict.NO_OPINION; // the loop has told the model already
        }
        boolean nothing = judged.reply().text().isBlank() && acts.isEmpty();
        empty = nothing ? empty + 1 : 0;
        if (acts.isEmpty()) {
            return nothing && judged.last() ? emptyAgain(judged.reply()) : TurnVerdict.NO_OPINION;
        }
        if (!looked || acts.stream().anyMatch(Act::isCommand)) {
            state.look();
            looked = true;
        }
        Round round = new Round(turn, acts, before, state.print(), state.printOfResults() != resultsBefore);
        if (history.add(round)) {
            ladder.progress();
        }
        return history.sign(state.tooLarge())
                .map(sign -> ladder.step(sign, round, objected))
                .orElse(TurnVerdict.NO_OPINION);
    }

    /** The first empty reply is the loop's own matter, and it gives up after the third. */
    private TurnVerdict emptyAgain(Message.Assistant reply) {
        if (empty != 2 || objected) {
            return TurnVerdict.NO_OPINION;
        }
        boolean thoughtOnly = !reply.thinking().isBlank();
        withoutThinking = thoughtOnly && context.model().capabilities().thinking();
        return ladder.emptyAgain(turn, thoughtOnly);
    }
}
