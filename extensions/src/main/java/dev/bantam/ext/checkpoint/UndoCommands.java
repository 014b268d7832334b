package dev.bantam.ext.checkpoint;

import dev.bantam.api.SlashCommand;
import dev.bantam.ext.checkpoint.TurnChanges.Change;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a person can do with the turns: /undo, /redo, /diff and /restore. */
final class UndoCommands {
    private static final String FORCE = "force";

    private final Opening<TimeTravel> travel;
    private final Opening<Ledger> ledger;
    private final Set<String> takenBack = new LinkedHashSet<>(); // of which the model has not been told

    /** Opens the session's turns when they are asked for. */
    @FunctionalInterface
    interface Opening<T> {
        T open() throws IOException;
    }

    UndoCommands(Opening<TimeTravel> travel, Opening<Ledger> ledger) {
        this.travel = travel;
        this.ledger = ledger;
    }

    List<SlashCommand> commands() {
        return List.of(
                command("undo", "take back what the last prompt changed; force: also files changed since", this::undo),
                command("redo", "bring again what /undo took back; force: also where files changed since", this::redo),
                command("diff", "what this session changed; a number: from that turn on", this::diff),
                command(
                        "restore",
                        "turns that changed files; N: what would go; N now: back to before turn N",
                        this::restore));
    }

    /** Files that were taken back, or brought again, since this was last asked. */
    List<String> takenBack() {
        List<String> names = List.copyOf(takenBack);
        takenBack.clear();
        return names;
    }

    @FunctionalInterface
    private interface Work {
        String run(String rest) throws IOException;
    }

    private static SlashCommand command(String name, String help, Work work) {
        return new SlashCommand(name, help, rest -> {
            try {
                return work.run(rest.strip());
            } catch (IOException e) {
                return "The checkpoints cannot be used: " + e.getMessage();
            }
        });
    }

    private String undo(String rest) throws IOException {
        List<TurnChanges> live = ledger.open().live();
        if (live.isEmpty()) {
            return "Nothing was changed in this session that could be taken back.";
        }
        int last = live.getLast().prompt();
        TurnChanges first =
                live.stream().filter(turn -> turn.prompt() == last).findFirst().orElseThrow();
        return back(first, rest.equals(FORCE));
    }

    private String back(TurnChanges first, boolean force) throws IOException {
        Map<String, Change> changes = travel.open().since(first.number());
        TimeTravel.Outcome outcome = travel.open().undo(first.number(), force);
        tell(outcome);
        changes.keySet().retainAll(outcome.done());
        if (changes.isEmpty()) {
            return "Nothing was taken back.\n" + left(outcome);
        }
        return "Took back, from turn " + first.number() + " on (" + first.about() + "):\n"
                + Listing.files(changes, "  ") + left(outcome) + "/redo brings it again.";
    }

    private String redo(String rest) throws IOException {
        Optional<Ledger.Undo> undo = ledger.open().lastUndo();
        if (undo.isEmpty()) {
            return "Nothing was taken back that could be brought again.";
        }
        TimeTravel.Outcome outcome = travel.open().redo(undo.get(), rest.equals(FORCE));
        tell(outcome);
        String done = Listing.some(outcome.done().stream().map(Listing::shown).toList());
        return (done.isEmpty() ? "Nothing was brought again.\n" : "Brought again: " + done + "\n") + left(outcome);
    }

    private static String left(TimeTravel.Outcome outcome) {
        return outcome.left().isEmpty() ? "" : "Left as it is:\n  " + String.join("\n  ", outcome.left()) + "\n";
    }

    private void tell(TimeTravel.Outcome outcome) {
        outcome.done().forEach(name -> takenBack.add(Listing.shown(name)));
    }

    private String diff(String rest) throws IOException {
        Optional<Integer> from = rest.isEmpty() ? Optional.of(0) : number(rest);
        if (from.isEmpty()) {
            return "/diff takes the number of a turn, or nothing; /restore lists them.";
        }
        String diff = travel.open().diff(from.get());
        return diff.isEmpty() ? "No file differs." : diff;
    }

    private String restore(String rest) throws IOException {
        List<String> words = List.of(rest.split("\\s+"));
        List<TurnChanges> live = ledger.open().live();
        Optional<TurnChanges> turn = number(words.getFirst())
                .flatMap(wanted ->
                        live.stream().filter(each -> each.number() == wanted).findFirst());
        if (turn.isEmpty()) {
            String wrong = rest.isEmpty() ? "" : "There is no turn " + Listing.shown(rest) + " that changed files.\n";
            return wrong + (live.isEmpty() ? "Nothing was changed in this session." : Listing.turns(live));
        }
        int number = turn.get().number();
        if (!words.contains("now")) {
            return "Back to before turn " + number + " these would be taken back:\n"
                    + Listing.files(travel.open().since(number), "  ") + "Do it with /restore " + number + " now";
        }
        return back(turn.get(), words.contains(FORCE));
    }

    private static Optional<Integer> number(String word) {
        return word.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(word)) : Optional.empty();
    }
}
