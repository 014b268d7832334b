package dev.bantam.ext.turncap;

import dev.bantam.api.Event;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.ext.text.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Warns once a run, of the limit that comes first. */
final class FinishWarningHooks implements Hooks {
    private final ExtensionContext context;
    private final int turnsBefore;
    private final Spent spent = new Spent();
    private Optional<Limits> limits = Optional.empty(); // none while nothing would stop the run
    private boolean warned;

    FinishWarningHooks(ExtensionContext context) {
        this.context = context;
        this.turnsBefore = context.setting(FinishWarning.TURNS);
    }

    @Override
    public void onEvent(Event event) {
        spent.onEvent(event);
        if (event instanceof Event.SessionStarted started
                && started.extensions().contains(TurnCap.NAME)) {
            limits = Optional.of(Limits.of(context));
        }
        if (event instanceof Event.TurnStarted started && started.turn() == 1) {
            warned = false;
        }
    }

    @Override
    public List<Guidance> guide(List<Message> conversation) {
        Optional<Guidance> warning = limits.filter(any -> !warned)
                .flatMap(these -> ofTurns(these.turns()).or(() -> ofOthers(these.others())));
        warned |= warning.isPresent();
        return warning.stream().toList();
    }

    @Override
    public List<Carried> carried() {
        return warned
                ? List.of(new Carried(
                        "Limit of this run",
                        Template.of(FinishWarning.class, "still-near.md").text()))
                : List.of();
    }

    /** A run so short that the warning would come in its first half gets none. */
    private Optional<Guidance> ofTurns(Limit turns) {
        int left = turns.turnsLeft(spent);
        if (turns.most() < 2 * turnsBefore || left > turnsBefore || spent.turnsDone() == 0) {
            return Optional.empty();
        }
        String text = Template.of(FinishWarning.class, "few-turns-left.md").with(Map.of("left", left));
        return Optional.of(new Guidance(text, left + " of " + turns.words() + " are left"));
    }

    private Optional<Guidance> ofOthers(List<Limit> others) {
        return others.stream()
                .filter(limit -> limit.halfUsed(spent) && limit.turnsLeft(spent) <= turnsBefore)
                .findFirst()
                .map(limit -> {
                    int left = Math.max(1, limit.turnsLeft(spent));
                    String text = Template.of(FinishWarning.class, "limit-near.md")
                            .with(Map.of("left", left, "limit", limit.words()));
                    return new Guidance(text, "about " + left + " turns are left of " + limit.words());
                });
    }
}
