package dev.bantam.ext.loopguard;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Person;
import dev.bantam.api.TurnVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** The steps against a loop, each taken only when the one before did not help, and the strikes that lead there. */
final class Ladder {
    private static final int HOLD_AT = 3;

    /** Work that goes on is not stopped, and reminded this often in a session. */
    private static final int MOST_STUCK = 2;

    /** A model that slips back again and again makes progress in between; this many times the limit is enough. */
    private static final int LIMITS_IN_ALL = 3;

    private final ExtensionContext context;
    private final Advice advice;
    private final int limit;
    private final boolean understands; // a model that takes no advice is only watched, and ended at the limit
    private final List<String> evidence = new ArrayList<>();
    private final Map<String, Act> heldBack = new HashMap<>();
    private Optional<Finding.Kind> lastKind = Optional.empty();
    private int heldState;
    private int lastTurn;
    private int strikes;
    private int total;
    private int stuck;

    Ladder(ExtensionContext context) {
        this.context = context;
        this.advice = new Advice(context);
        this.limit = context.setting(LoopGuard.STRIKES);
        this.understands = context.model().profile().guidance();
    }

    /** Something was learned or changed. */
    void progress() {
        strikes = 0;
        heldBack.clear();
        lastKind = Optional.empty();
    }

    /**
     * What a call gave before, if it is not to be run again.
     *
     * @param state looked up only when the call is held back; it is not, once the workspace has changed by itself
     */
    Optional<Act> heldBack(String key, IntSupplier state) {
        Optional<Act> held = Optional.ofNullable(heldBack.get(key));
        return held.filter(act -> state.getAsInt() == heldState);
    }

    /** @param objected somebody else has told the model something already */
    TurnVerdict step(Finding sign, Round round, boolean objected) {
        boolean refused = round.acts().stream().anyMatch(Act::held);
        boolean tooEarly = lastKind.equals(Optional.of(sign.kind())) && round.turn() - lastTurn < sign.every();
        if (tooEarly && !refused) {
            return TurnVerdict.NO_OPINION;
        }
        lastKind = Optional.of(sign.kind());
        lastTurn = round.turn();
        if (sign.kind() == Finding.Kind.STUCK) {
            return !understands || objected || stuck++ >= MOST_STUCK ? TurnVerdict.NO_OPINION : nudge(sign);
        }
        total++;
        strikes++;
        if (strikes >= limit || total >= limit * LIMITS_IN_ALL) {
            return giveUp(sign);
        }
        if (!understands) {
            return noted(sign, "strike " + strikes, TurnVerdict.NO_OPINION);
        }
        if (strikes == HOLD_AT) {
            sign.acts().forEach(act -> heldBack.put(act.key(), act));
            heldState = round.after();
            context.decided("call", "held_back", sign.reason());
            return noted(sign, "the calls are refused from now on", TurnVerdict.NO_OPINION);
        }
        if (objected || refused || strikes > HOLD_AT && strikes % 2 == 1) {
            return noted(sign, refused ? "the call was refused" : "strike " + strikes, TurnVerdict.NO_OPINION);
        }
        boolean takeBack = strikes == 2
                && round.changedNothing()
                && context.model().capabilities().rollback();
        return takeBack
                ? noted(sign, "the turn was taken back", new TurnVerdict.RollBack(advice.of(sign), sign.reason()))
                : nudge(sign);
    }

    TurnVerdict emptyAgain(int turn, boolean thoughtOnly) {
        if (!understands) {
            return TurnVerdict.NO_OPINION;
        }
        total++;
        String reason = thoughtOnly ? "two replies in a row were thoughts only" : "two replies in a row were empty";
        String text = Advice.emptyAgain(thoughtOnly);
        boolean takeBack = context.model().capabilities().rollback();
        evidence.add("turn " + turn + ": " + reason + " → " + (takeBack ? "the turn was taken back" : "nudge"));
        return takeBack ? new TurnVerdict.RollBack(text, reason) : new TurnVerdict.Nudge(text, reason);
    }

    private TurnVerdict nudge(Finding sign) {
        return noted(sign, "nudge", new TurnVerdict.Nudge(advice.of(sign), sign.reason()));
    }

    private TurnVerdict giveUp(Finding sign) {
        Optional<Boolean> goOn = context.person().map(person -> letGoOn(person, sign));
        if (goOn.orElse(false)) {
            progress();
            total = 0;
            context.decided("turn", "asked", "the person lets it go on");
            return noted(sign, "the person lets it go on", TurnVerdict.NO_OPINION);
        }
        String reason = "the model goes round in circles: " + sign.reason()
                + (understands
                        ? ", and neither advice nor refusing the call helped. Say what it should do differently"
                        : ", and it takes no advice. Give it a smaller task")
                + ", or use a larger model";
        return context.setting(LoopGuard.AT_LAST).equals("escalate")
                ? noted(sign, "escalate", new TurnVerdict.Escalate(reason))
                : noted(sign, "stop", new TurnVerdict.Stop(reason));
    }

    private static boolean letGoOn(Person person, Finding sign) {
        return person.choose(
                        "The model goes round in circles: " + sign.reason() + ".", List.of("Stop here", "Let it go on"))
                .equals(Optional.of(1));
    }

    private TurnVerdict noted(Finding sign, String step, TurnVerdict verdict) {
        evidence.add("turn " + lastTurn + ": " + sign.reason() + " → " + step);
        return verdict;
    }

    /** For {@code /why}. */
    String evidence() {
        return evidence.isEmpty() ? "No loop was seen in this session." : String.join("\n", evidence);
    }
}
