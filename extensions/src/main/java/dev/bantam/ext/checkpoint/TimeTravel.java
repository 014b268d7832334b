package dev.bantam.ext.checkpoint;

import dev.bantam.ext.checkpoint.TurnChanges.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                turn.changes()
                        .forEach((name, change) ->
                                all.merge(name, change, (first, last) -> new Change(first.before(), last.after())));
            }
        }
        return all;
    }

    /**
     * Brings the files back to what they were before a turn.
     *
     * @param force also those that somebody else has changed since
     */
    Outcome undo(int number, boolean force) throws IOException {
        Map<String, FileState> took = new LinkedHashMap<>();
        Map<String, FileState> wanted = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        for (Map.Entry<String, Change> each : since(number).entrySet()) {
            String name = each.getKey();
            FileState now = files.keep(name);
            if (now.equals(each.getValue().before())) {
                continue;
            }
            if (!files.has(each.getValue().before())) {
                left.add(Listing.shown(name) + ": its earlier content was not kept");
            } else if (!force && !now.equals(each.getValue().after())) {
                left.add(Listing.shown(name) + ": changed since by somebody else; add force to replace it");
            } else if (now instanceof FileState.Lost) {
                left.add(Listing.shown(name) + ": too large to keep what is there now");
            } else {
                took.put(name, now);
                wanted.put(name, each.getValue().before());
            }
        }
        ledger.undo(number, took);
        return bring(wanted, left);
    }

    /** Brings again what the last undo took away. */
    Outcome redo(Ledger.Undo undo) throws IOException {
        ledger.redone();
        return bring(undo.took(), new ArrayList<>());
    }

    private Outcome bring(Map<String, FileState> wanted, List<String> left) {
        List<String> done = new ArrayList<>();
        for (Map.Entry<String, FileState> each : wanted.entrySet()) {
            try {
                files.bring(each.getKey(), each.getValue());
                done.add(each.getKey());
            } catch (IOException e) {
                left.add(Listing.shown(each.getKey()) + ": " + e.getMessage());
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
                byte[] content = now instanceof FileState.Regular ? Files.readAllBytes(file) : new byte[0];
                out.append(Listing.diff(each.getKey(), each.getValue().before(), now, store, content));
            }
        }
        return out.toString();
    }
}
