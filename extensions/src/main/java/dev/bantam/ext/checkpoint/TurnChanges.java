package dev.bantam.ext.checkpoint;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A turn of the model's that changed files. */
final class TurnChanges {
    private final int number;
    private final int prompt;
    private final Instant at;
    private final String about;
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final Set<String> undone = new HashSet<>();

    /** What a turn did to a file. */
    record Change(FileState before, FileState after) {}

    /**
     * @param number counted from 1, over the whole session
     * @param prompt which of the user's prompts it belongs to, counted from 1
     * @param about the beginning of that prompt
     */
    TurnChanges(int number, int prompt, Instant at, String about) {
        this.number = number;
        this.prompt = prompt;
        this.at = at;
        this.about = about;
    }

    int number() {
        return number;
    }

    int prompt() {
        return prompt;
    }

    Instant at() {
        return at;
    }

    String about() {
        return about;
    }

    Map<String, Change> changes() {
        return changes;
    }

    /** What it did to files that were not taken back. */
    Map<String, Change> live() {
        Map<String, Change> live = new LinkedHashMap<>(changes);
        live.keySet().removeAll(undone);
        return live;
    }

    /** Marks what it did to a file as taken back, or as there again. */
    void undone(String file, boolean now) {
        if (now) {
            undone.add(file);
        } else {
            undone.remove(file);
        }
    }

    /** A second change of one file leaves what it was before the turn. */
    void add(String file, Change change) {
        changes.merge(file, change, (first, second) -> new Change(first.before(), second.after()));
    }
}
