package dev.bantam.ext.toolcallrepair;

import dev.bantam.api.CallVerdict;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.TurnVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One session's repairs: counts their ids, and remembers the problems of a turn until it is judged. */
final class RepairHooks implements Hooks {
    private static final String ID = "repair-";
    private static final int NUDGES_IN_A_ROW = 2;

    private final ExtensionContext context;
    private final ProblemText texts = new ProblemText();
    private final List<Problem> problems = new ArrayList<>();
    private int lastId;
    private boolean resumed;
    private int nudges;

    RepairHooks(ExtensionContext context) {
        this.context = context;
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted) {
            problems.clear();
        }
    }

    /** Gives no guidance; a session that is taken up again has ids of repairs already. */
    @Override
    public List<Guidance> guide(List<Message> conversation) {
        if (!resumed) {
            resumed = true;
            conversation.forEach(this::skipIds);
        }
        return List.of();
    }

    private void skipIds(Message message) {
        if (message instanceof Message.Assistant assistant) {
            assistant.toolCalls().stream()
                    .map(Part.ToolCall::id)
                    .filter(id -> id.matches(ID + "\\d{1,9}"))
                    .forEach(id -> lastId = Math.max(lastId, Integer.parseInt(id.substring(ID.length()))));
        }
    }

    @Override
    public Optional<MendedReply> mendReply(Message.Assistant reply) {
        problems.clear();
        if (reply.finish() != Finish.STOP && reply.finish() != Finish.TOOL_CALLS) {
            return Optional.empty();
        }
        ReplyRepair repair = new ReplyRepair(new Toolbox(context.tools()), () -> ID + ++lastId);
        Optional<MendedReply> mended = repair.repair(reply);
        problems.addAll(repair.problems());
        return mended;
    }

    /** A call whose arguments could not be read must not run without them. */
    @Override
    public CallVerdict judgeCall(Part.ToolCall call) {
        Optional<Problem> unread = problems.stream()
                .filter(problem -> problem.callId().equals(Optional.of(call.id())))
                .findFirst();
        if (unread.isEmpty()) {
            return CallVerdict.ALLOW;
        }
        problems.remove(unread.get());
        return new CallVerdict.Refuse(
                texts.of(unread.get(), new Toolbox(context.tools())), "its arguments cannot be read");
    }

    @Override
    public TurnVerdict judgeTurn(Turn turn) {
        Optional<Problem> first = problems.stream()
                .filter(problem -> problem.sure() || turn.last())
                .findFirst();
        problems.clear();
        nudges = first.isPresent() ? nudges + 1 : 0;
        if (first.isEmpty() || nudges > NUDGES_IN_A_ROW) {
            return TurnVerdict.NO_OPINION;
        }
        String called = first.get().called();
        return new TurnVerdict.Nudge(
                texts.of(first.get(), new Toolbox(context.tools())),
                "a call" + (called.isEmpty() ? "" : " of " + called) + " could not be read: "
                        + first.get().fault());
    }
}
