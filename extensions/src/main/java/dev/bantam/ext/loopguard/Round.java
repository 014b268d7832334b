package dev.bantam.ext.loopguard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The calls of one turn.
 *
 * @param before what the workspace was like before them, see {@link WorkspaceState#print}
 * @param after what it was like afterwards
 * @param made whether the calls changed what builds make: builds may do so each time, so it only earns more patience
 */
record Round(int turn, List<Act> acts, int before, int after, boolean made) {
    Round {
        acts = List.copyOf(acts);
    }

    /** Whether this turn did what another did, got what it got, and left the workspace as it did. */
    boolean repeats(Round other) {
        return after == other.after && outcome().equals(other.outcome());
    }

    private String outcome() {
        return acts.stream().map(Act::outcome).distinct().sorted().collect(Collectors.joining("\n"));
    }

    Patience patience() {
        Patience least = made && hasCommand() ? Patience.WATCHING : Patience.ORDINARY;
        return acts.stream().map(Act::patience).reduce(least, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    boolean changedNothing() {
        return before == after
                && acts.stream()
                        .allMatch(act -> act.result().effectsOrNone().changed().isEmpty());
    }

    boolean hasCommand() {
        return acts.stream().anyMatch(Act::isCommand);
    }
}
