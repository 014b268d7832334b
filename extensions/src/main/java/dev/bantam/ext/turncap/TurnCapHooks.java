package dev.bantam.ext.turncap;

import dev.bantam.api.Arguments;
import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Part;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.text.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends the run at a limit. Pieces of a reply are events, so that time is looked at while one is made. */
final class TurnCapHooks implements Hooks {
    private static final String SECONDS = "timeout_s";
    private static final int USUAL_SECONDS = 30; // of bash and shell

    private final ExtensionContext context;
    private final Limits limits;
    private final Spent spent = new Spent();

    TurnCapHooks(ExtensionContext context, Limits limits) {
        this.context = context;
        this.limits = limits;
    }

    @Override
    public void onEvent(Event event) {
        spent.onEvent(event);
    }

    @Override
    public Optional<Halt> watchReply(Streaming soFar) {
        List<Limit> reached = limits.reached(spent);
        return reached.isEmpty()
                ? Optional.empty()
                : Optional.of(new Halt(
                        Template.of(TurnCapHooks.class, "time-is-over.md")
                                .with(Map.of("limit", reached.getFirst().words())),
                        reached.getFirst().words() + " are over"));
    }

    /** A command may take the rest of the run's time. */
    @Override
    public Optional<Part.ToolCall> prepareCall(Part.ToolCall call) {
        boolean timed = context.tools().stream()
                .anyMatch(tool ->
                        tool.name().equals(call.tool()) && tool.field(SECONDS).isPresent());
        double left = limits.secondsLeft(spent);
        if (!timed || left >= call.arguments().wholeNumber(SECONDS).orElse(USUAL_SECONDS)) {
            return Optional.empty();
        }
        int seconds = Math.max(1, (int) Math.ceil(left));
        Map<String, Object> arguments = new LinkedHashMap<>(call.arguments().values());
        arguments.put(SECONDS, seconds);
        context.decided("call", "shortened", call.tool() + " may take the " + seconds + " s that are left of the run");
        return Optional.of(new Part.ToolCall(call.id(), call.tool(), new Arguments(arguments)));
    }

    @Override
    public TurnVerdict judgeTurn(Turn judged) {
        List<Limit> reached = limits.reached(spent);
        if (reached.isEmpty()) {
            return TurnVerdict.NO_OPINION;
        }
        if (judged.last()) {
            return new TurnVerdict.LetEnd(reached.getFirst().words() + " are over");
        }
        return new TurnVerdict.Stop(reached.getFirst().reason());
    }
}
