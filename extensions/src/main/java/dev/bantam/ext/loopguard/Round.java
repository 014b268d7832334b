package dev.bantam.ext.loopguard;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The calls of one turn.
 *
 * @param before what the workspace was like before them, see {@link WorkspaceState#print}
 * @param after what it was like afterwards
 */
record Round(int turn, List<Act> acts, int before, int after) {
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
        return acts.stream().map(Act::patience).max(Comparator.naturalOrder()).orElse(Patience.ORDINARY);
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
