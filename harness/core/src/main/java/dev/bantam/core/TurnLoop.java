package dev.bantam.core;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ToolResult;
import dev.bantam.api.TurnVerdict;
import dev.bantam.api.Usage;
import dev.bantam.core.context.Texts;
import dev.bantam.core.dispatch.CallIds;
import dev.bantam.core.dispatch.ToolDispatcher;
import dev.bantam.core.hooks.HookRunner;
import java.util.List;
import java.util.Optional;

/**
 * The loop: build the context, ask the model, dispatch its tool calls, append, judge; until a turn ends the run.
 *
 * <p>Confined to the thread that calls {@link #run}. Interrupting that thread cancels the run, at once.
 */
final class TurnLoop {
    private static final String CUT_REPLY = Texts.read("cut-reply.md").strip();
    private static final String LOOPING_REPLY = Texts.read("looping-reply.md").strip();

    private static final String EMPTY_REPLY = Texts.read("empty-reply.md").strip();

    /** Cut replies in a row after which a run ends, should nothing else end it. */
    private static final int MOST_CUTS = 8;

    /** Empty replies in a row after which a run has failed. */
    private static final int MOST_EMPTY = 3;

    private final Conversation conversation;
    private final ContextBuilder context;
    private final Asker asker;
    private final ToolDispatcher dispatcher;
    private final HookRunner hooks;
    private final Inbox inbox;
    private final Journal journal;
    private Usage usage = Usage.NONE;
    private List<String> delivered = List.of();
    private int turnStart;
    private int cuts;
    private int empty;
    private boolean takingUp; // the last message is a reply to be gone on with
    private String answer = "";

    TurnLoop(
            Conversation conversation,
            ContextBuilder context,
            Asker asker,
            ToolDispatcher dispatcher,
            HookRunner hooks,
            Inbox inbox,
            Journal journal) {
        this.conversation = conversation;
        this.context = context;
        this.asker = asker;
        this.dispatcher = dispatcher;
        this.hooks = hooks;
        this.inbox = inbox;
        this.journal = journal;
    }

    /** How a run ends. */
    private record End(Outcome outcome, String reason) {}

    Event.RunFinished run(Message.User prompt) {
        usage = Usage.NONE;
        answer = "";
        cuts = 0;
        empty = 0;
        takingUp = false;
        delivered = List.of();
        journal.turn(0);
        int before = conversation.size();
        try {
            conversation.add(prompt);
            context.requireRoomFor(prompt);
            Optional<End> end = Optional.empty();
            while (end.isEmpty()) {
                deliver();
                Message.Assistant reply = ask();
                dispatch(reply);
                end = judge(reply);
            }
            return finish(end.get());
        } catch (ContextBuilder.FullException e) {
            if (journal.turn() <= 1) { // a prompt that never fitted must not block the next one
                conversation.rewind(before);
                inbox.putBack(delivered);
            }
            return finish(new End(Outcome.STOPPED, e.getMessage()));
        } catch (ModelException e) {
            return finish(new End(Outcome.FAILED, e.getMessage()));
        } catch (InterruptedException e) {
            inbox.clear().forEach(text -> journal.decided("harness", "inbox", "dropped", "not sent: " + text));
            return finish(new End(Outcome.CANCELLED, "cancelled by the user"));
        } catch (RuntimeException | LinkageError | StackOverflowError e) { // whoever waits for the end must hear of it
            return finish(new End(Outcome.FAILED, e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    /** Starts a turn: what the person and the extensions have to say reaches the model now. */
    private void deliver() {
        journal.turn(journal.turn() + 1);
        journal.tell(new Event.TurnStarted(journal.now(), journal.turn()));
        delivered = inbox.takeSteering();
        delivered.forEach(text -> conversation.add(Message.User.of(hooks.rewritePrompt(text))));
        takingUp = takingUp && delivered.isEmpty();
        if (context.takesGuidance() && !takingUp) {
            for (Hooks.Guidance guidance : hooks.guide(conversation.messages())) {
                tell(guidance.text());
            }
        }
    }

    /** Asks for a reply. One that was cut is set aside: it is never executed, and costs no room. */
    private Message.Assistant ask() throws ModelException, InterruptedException, ContextBuilder.FullException {
        Reply reply = askWithRoom();
        usage = usage.plus(reply.usage()).plus(context.takeAsideUsage());
        boolean whole = whole(reply.message());
        Message.Assistant message =
                whole ? CallIds.unique(hooks.mend(reply.message()), conversation.messages()) : reply.message();
        Event.AssistantReplied replied =
                new Event.AssistantReplied(journal.now(), journal.turn(), message, reply.usage());
        if (whole && takingUp) {
            conversation.rewind(turnStart); // the reply came back whole
        }
        takingUp = false;
        turnStart = conversation.size();
        if (whole) {
            cuts = 0;
            context.replyWasCut(0);
            empty = message.text().isBlank() && message.toolCalls().isEmpty() ? empty + 1 : 0;
            conversation.add(replied);
            answer = message.text().isBlank() ? answer : message.text().strip();
        } else {
            cuts++;
            conversation.setAside(replied);
            String correction = correction(message.finish());
            if (message.finish() != Finish.HALTED) { // it was ended for another reason than its length
                context.replyWasCut(cuts);
            }
            tell(correction);
            answer = answer.isBlank() ? message.text().strip() : answer;
        }
        journal.tell(replied);
        return message;
    }

    private static boolean whole(Message.Assistant reply) {
        return switch (reply.finish()) {
            case STOP, TOOL_CALLS -> true;
            case LENGTH, LOOP, CANCELLED, HALTED -> false;
        };
    }

    private String correction(Finish finish) {
        return switch (finish) {
            case LOOP -> LOOPING_REPLY;
            case HALTED -> asker.halted().map(Hooks.Halt::text).orElse(LOOPING_REPLY);
            case LENGTH, CANCELLED, STOP, TOOL_CALLS -> CUT_REPLY.formatted(context.replyLimit());
        };
    }

    private Reply askWithRoom() throws ModelException, InterruptedException, ContextBuilder.FullException {
        ChatRequest request = context.withRoom();
        takingUp = takingUp && request.messages().getLast() instanceof Message.Assistant; // or it was compacted away
        Reply reply;
        try {
            reply = asker.ask(takingUp ? request.withPurpose(ChatRequest.Purpose.TAKE_UP) : request);
        } catch (ModelException e) {
            if (e.kind() != ModelException.Kind.OVERFLOW || !context.compact()) {
                throw e;
            }
            takingUp = false;
            reply = asker.ask(context.request());
        }
        return reply;
    }

    /** Runs the reply's calls. However that ends, every call has a result afterwards. */
    private void dispatch(Message.Assistant reply) throws InterruptedException {
        if (!whole(reply) || reply.toolCalls().isEmpty()) {
            return;
        }
        context.expectResults(reply.toolCalls().size());
        String lost = "not run: the program failed before it";
        try {
            dispatcher.dispatch(reply.toolCalls());
        } catch (InterruptedException e) {
            lost = "cancelled by the user before it was over";
            throw e;
        } finally {
            for (Part.ToolCall call : conversation.openCalls()) {
                finished(call, new ToolResult.Failed(lost), 0);
            }
        }
    }

    void finished(Part.ToolCall call, ToolResult result, long tookMillis) {
        ToolResult fitting = context.clip(result);
        Event.ToolFinished finished =
                new Event.ToolFinished(journal.now(), journal.turn(), call.id(), call.tool(), fitting, tookMillis);
        conversation.add(finished);
        journal.tell(finished);
    }

    private Optional<End> judge(Message.Assistant reply) {
        if (cuts >= MOST_CUTS) {
            return Optional.of(new End(Outcome.STOPPED, cuts + " replies in a row were cut"));
        }
        boolean last = whole(reply) && reply.toolCalls().isEmpty() && !inbox.hasSteering();
        TurnVerdict verdict = hooks.judgeTurn(new Hooks.Turn(journal.turn(), reply, repliesOfThisTurn(), last));
        return switch (verdict) {
            case TurnVerdict.Stop stop -> Optional.of(new End(Outcome.STOPPED, stop.reason()));
            case TurnVerdict.Escalate up ->
                Optional.of(new End(Outcome.STOPPED, up.reason() + " (no stronger model is set up to take over)"));
            case TurnVerdict.RollBack back -> {
                conversation.rewind(turnStart);
                tell(back.text());
                yield Optional.empty();
            }
            case TurnVerdict.Nudge nudge -> nudge(nudge.text());
            case TurnVerdict.TakeUp up
            when last && context.canTakeUp() -> {
                takingUp = true;
                yield Optional.empty();
            }
            case TurnVerdict.TakeUp up -> nudge(up.nudge());
            case TurnVerdict.LetEnd end
            when last -> Optional.of(new End(Outcome.COMPLETED, "the model ended its turn"));
            case TurnVerdict.LetEnd end -> Optional.empty();
            case TurnVerdict.NoOpinion none when !last -> Optional.empty();
            case TurnVerdict.NoOpinion none when empty == 0 -> goOnWithQueued();
            case TurnVerdict.NoOpinion none -> askAgainAfterNothing();
        };
    }

    /** Says something in the harness' own name. It may quote what a person or a tool said, so it is rewritten as that is. */
    private void tell(String text) {
        conversation.add(Message.User.fromHarness(hooks.rewritePrompt(text)));
    }

    private Optional<End> nudge(String text) {
        tell(text);
        return Optional.empty();
    }

    /** A reply without text and without a call is no end: many a small model does this once. */
    private Optional<End> askAgainAfterNothing() {
        if (empty >= MOST_EMPTY) {
            return Optional.of(new End(Outcome.FAILED, "the model gave an empty reply " + empty + " times in a row"));
        }
        journal.decided("harness", "turn", "nudge", "the reply was empty");
        tell(EMPTY_REPLY);
        return Optional.empty();
    }

    private Optional<End> goOnWithQueued() {
        if (inbox.hasSteering()) {
            return Optional.empty(); // it came while the turn was judged
        }
        Optional<String> next = inbox.takeQueued();
        next.ifPresent(text -> conversation.add(Message.User.of(hooks.rewritePrompt(text))));
        return next.isPresent()
                ? Optional.empty()
                : Optional.of(new End(Outcome.COMPLETED, "the model ended its turn"));
    }

    private List<Message.ToolReply> repliesOfThisTurn() {
        List<Message> messages = conversation.messages();
        return messages.subList(turnStart, messages.size()).stream()
                .filter(Message.ToolReply.class::isInstance)
                .map(Message.ToolReply.class::cast)
                .toList();
    }

    private Event.RunFinished finish(End end) {
        Event.RunFinished finished =
                new Event.RunFinished(journal.now(), end.outcome(), end.reason(), answer, journal.turn(), usage, 0);
        journal.tellEnd(finished);
        return finished;
    }
}
