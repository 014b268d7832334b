package dev.bantam.ext.checkpoint;

import dev.bantam.ext.checkpoint.TurnChanges.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes turns back, and brings them again. What is at a file's place is kept before it is replaced. */
final class TimeTravel {
    private final Path root;
    private final Ledger ledger;
    private final WorkspaceFiles files;
    private final BlobStore store;

    /**
     * What came of it.
     *
     * @param done files that are now as they were
     * @param left a line for each that was left as it is, with why
     */
    record Outcome(List<String> done, List<String> left) {}

    TimeTravel(Path root, Ledger ledger, WorkspaceFiles files, BlobStore store) {
        this.root = root;
        this.ledger = ledger;
        this.files = files;
        this.store = store;
    }

    /** What the turns from a number on did to each file, as one change. */
    Map<String, Change> since(int number) {
        Map<String, Change> all = new LinkedHashMap<>();
        for (TurnChanges turn : ledger.live()) {
            if (turn.number() >= number) {
                turn.live().forEach((name, change) -> all.merge(name, change, TimeTravel::joined));
            }
        }
        return all;
    }

    /** What somebody else did between two turns makes the whole somebody else's: its end is then nothing that is known. */
    private static Change joined(Change first, Change last) {
        boolean seamless = first.after().equals(last.before());
        return new Change(first.before(), seamless ? last.after() : FileState.LOST);
    }

    /**
     * Brings the files back to what they were before a turn. What is there now is kept, for {@link #redo}.
     *
     * @param force also those that somebody else has changed since
     */
    Outcome undo(int number, boolean force) throws IOException {
        Map<String, FileState> took = new LinkedHashMap<>();
        Map<String, FileState> wanted = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        since(number).forEach((name, change) -> plan(name, change.after(), change.before(), force, took, wanted, left));
        if (!took.isEmpty()) {
            ledger.undo(number, took);
        }
        return bring(wanted, left, true);
    }

    /** Brings again what the last undo took away, but for files that have changed since. */
    Outcome redo(Ledger.Undo undo, boolean force) throws IOException {
        Map<String, FileState> wanted = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        for (Map.Entry<String, FileState> each : undo.took().entrySet()) {
            List<TurnChanges> turns = undo.marked().get(each.getKey());
            FileState gave = turns.getFirst().changes().get(each.getKey()).before();
            plan(each.getKey(), gave, each.getValue(), force, new LinkedHashMap<>(), wanted, left);
        }
        Outcome outcome = bring(wanted, left, false);
        if (outcome.left().isEmpty()) {
            ledger.redone();
        } else {
            for (String name : outcome.done()) {
                ledger.left(name);
            }
        }
        return outcome;
    }

    private void plan(
            String name,
            FileState expected,
            FileState target,
            boolean force,
            Map<String, FileState> took,
            Map<String, FileState> wanted,
            List<String> left) {
        String shown = Listing.shown(name) + ": ";
        try {
            FileState now = files.keep(name);
            boolean others = !now.equals(expected) && !(now instanceof FileState.Absent);
            if (!files.has(target)) {
                left.add(shown + "its earlier content was not kept");
            } else if (now.equals(target)) {
                took.put(name, now);
            } else if (now instanceof FileState.Lost) {
                left.add(shown + "what is there now is too large to keep");
            } else if (others && !force) {
                left.add(shown + "changed since by somebody else; add force to replace it");
            } else {
                took.put(name, now);
                wanted.put(name, target);
            }
        } catch (IOException e) {
            left.add(shown + "it cannot be kept as it is now: " + e.getMessage());
        }
    }

    /** What has to go goes first, the innermost before the folders around it; a file may come where a folder was. */
    private Outcome bring(Map<String, FileState> wanted, List<String> left, boolean undoing) throws IOException {
        List<String> done = new ArrayList<>();
        List<String> order = new ArrayList<>();
        wanted.keySet().stream()
                .filter(name -> wanted.get(name) instanceof FileState.Absent)
                .sorted(Comparator.reverseOrder())
                .forEach(order::add);
        wanted.keySet().stream()
                .filter(name -> !(wanted.get(name) instanceof FileState.Absent))
                .sorted()
                .forEach(order::add);
        for (String name : order) {
            try {
                files.bring(name, wanted.get(name));
                done.add(name);
            } catch (IOException e) {
                left.add(Listing.shown(name) + ": " + e.getMessage());
                if (undoing) {
                    ledger.left(name);
                }
            }
        }
        return new Outcome(done, left);
    }

    /** How the files that turns from a number on touched differ now from what they were before. */
    String diff(int number) throws IOException {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, Change> each : since(number).entrySet()) {
            FileState now = files.look(each.getKey());
            if (!now.equals(each.getValue().before())) {
                Path file = root.resolve(each.getKey());
                byte[] content = now instanceof FileState.Regular ? WorkspaceFiles.content(file) : new byte[0];
                out.append(Listing.diff(each.getKey(), each.getValue().before(), now, store, content));
            }
        }
        return out.toString();
    }
}
