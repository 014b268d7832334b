package dev.bantam.ext.turncap;

import dev.bantam.api.Event;
import dev.bantam.api.Hooks;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.text.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends the run at a limit. Pieces of a reply are events, so that time is looked at while one is made. */
final class TurnCapHooks implements Hooks {
    private final Limits limits;
    private final Spent spent = new Spent();

    TurnCapHooks(Limits limits) {
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
