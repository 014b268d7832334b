package dev.bantam.ext.turncap;

import dev.bantam.api.Event;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.TurnVerdict;
import dev.bantam.ext.text.Template;
import java.util.List;
import java.util.Map;

/** Judges by the number of a turn in its run: a session's next prompt starts anew. */
final class TurnCapHooks implements Hooks {
    private static final int WARNED_BEFORE = 5;
    private static final int LEAST_TO_WARN = 10;

    private final Template warning = Template.of(TurnCapHooks.class, "few-turns-left.md");
    private final int limit;
    private int turn;

    TurnCapHooks(int limit) {
        this.limit = limit;
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof Event.TurnStarted started) {
            turn = started.turn();
        }
    }

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        int left = limit - turn + 1;
        if (limit < LEAST_TO_WARN || left != WARNED_BEFORE) {
            return List.of();
        }
        return List.of(new Guidance(warning.with(Map.of("left", left)), left + " of " + limit + " turns are left"));
    }

    @Override
    public TurnVerdict judgeTurn(Turn judged) {
        boolean endsItself = judged.last() && judged.number() == limit;
        if (judged.number() < limit || endsItself) {
            return TurnVerdict.NO_OPINION;
        }
        return new TurnVerdict.Stop("reached the limit of " + limit
                + " turns before the work was done; raise it with --max-turns or turn-cap.max-turns");
    }
}
