package dev.bantam.ext.loopguard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The turns of a run, and the signs of a loop in them. */
final class History {
    private static final int LONGEST_PERIOD = 4;
    private static final int REMEMBERED = Patience.WAITING.times() * LONGEST_PERIOD;
    private static final int FAILURES_WITHIN = 10; // turns
    private static final int SAME_EDITS = 3;
    private static final int SAME_FAILURES = 4;
    private static final int UNKNOWN_TOOLS = 2;
    private static final int STUCK_RUNS = 5;

    private final int quietTurns;
    private final List<Round> rounds = new ArrayList<>();
    private final Set<String> learned = new HashSet<>();
    private final Set<Integer> states = new HashSet<>();
    private int quiet;

    History(int quietTurns) {
        this.quietTurns = quietTurns;
    }

    void clear() {
        rounds.clear();
        learned.clear();
        states.clear();
        quiet = 0;
    }

    /** @return whether it brought something: a new result, or a workspace as it never was before */
    boolean add(Round round) {
        boolean changed = states.add(round.after()) && !rounds.isEmpty();
        boolean news = false;
        for (Act act : round.acts()) {
            news |= learned.add(act.done() ? act.outcome() : act.failure());
        }
        rounds.add(round);
        if (rounds.size() > REMEMBERED) {
            rounds.removeFirst();
        }
        if (changed || news) {
            quiet = 0;
        } else if (round.patience() == Patience.ORDINARY) {
            quiet++;
        }
        return changed || news;
    }

    /** @param unseen whether commands may have changed files that nobody saw */
    Optional<Finding> sign(boolean unseen) {
        return repeated(unseen)
                .or(this::unknownTool)
                .or(this::sameFailure)
                .or(this::stuck)
                .or(this::nothingNew);
    }

    private Optional<Finding> repeated(boolean unseen) {
        for (int period = 1; period <= LONGEST_PERIOD; period++) {
            int same = 0;
            for (int at = rounds.size() - 1;
                    at - period >= 0 && rounds.get(at).repeats(rounds.get(at - period));
                    at--) {
                same++;
            }
            int times = 1 + same / period;
            List<Round> cycle = rounds.subList(Math.max(0, rounds.size() - period), rounds.size());
            boolean waits = cycle.stream().anyMatch(round -> round.patience() != Patience.ORDINARY);
            int enough = cycle.stream()
                            .mapToInt(round -> round.patience().times())
                            .max()
                            .orElse(0)
                    * (unseen && cycle.stream().anyMatch(Round::hasCommand) ? 2 : 1);
            if (times >= enough) {
                return Optional.of(new Finding(Finding.Kind.REPEATED, times, waits ? 5 : period, distinct(cycle)));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> unknownTool() {
        List<Act> unknown = recent(act -> !act.known());
        boolean now = rounds.getLast().acts().stream().anyMatch(act -> !act.known());
        return now && unknown.size() >= UNKNOWN_TOOLS
                ? Optional.of(new Finding(Finding.Kind.UNKNOWN_TOOL, unknown.size(), 1, unknown))
                : Optional.empty();
    }

    private Optional<Finding> sameFailure() {
        for (Act last : rounds.getLast().acts()) {
            if (last.done() || last.patience() != Patience.ORDINARY) {
                continue;
            }
            List<Act> same = recent(act -> !act.done() && act.failure().equals(last.failure()));
            if (same.size() >= (last.call().tool().equals("edit") ? SAME_EDITS : SAME_FAILURES)) {
                return Optional.of(new Finding(Finding.Kind.SAME_FAILURE, same.size(), 2, same));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> stuck() {
        for (Act last : rounds.getLast().acts()) {
            if (last.done() || !last.isCommand()) {
                continue;
            }
            Map<Integer, Act> states = new LinkedHashMap<>();
            rounds.forEach(round -> round.acts().stream()
                    .filter(act -> act.outcome().equals(last.outcome()))
                    .forEach(act -> states.put(round.after(), act)));
            if (states.size() >= STUCK_RUNS) {
                return Optional.of(new Finding(Finding.Kind.STUCK, states.size(), 3, List.of(last)));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> nothingNew() {
        return quiet >= quietTurns
                ? Optional.of(new Finding(
                        Finding.Kind.NOTHING_NEW, quiet, 4, rounds.getLast().acts()))
                : Optional.empty();
    }

    /** Acts of the last turns since the workspace is as it is now. */
    private List<Act> recent(Predicate<Act> wanted) {
        List<Act> acts = new ArrayList<>();
        for (Round round : rounds.reversed().subList(0, Math.min(FAILURES_WITHIN, rounds.size()))) {
            if (round.after() != rounds.getLast().after()) {
                break;
            }
            round.acts().stream().filter(wanted).findFirst().ifPresent(acts::addFirst);
        }
        return acts;
    }

    private static List<Act> distinct(List<Round> cycle) {
        Map<String, Act> acts = new LinkedHashMap<>();
        cycle.forEach(round -> round.acts().forEach(act -> acts.put(act.key(), act)));
        return List.copyOf(acts.values());
    }
}
