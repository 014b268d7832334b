package dev.bantam.ext.checkpoint;

import dev.bantam.ext.checkpoint.TurnChanges.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The turns of a session that changed files, in a file that is only appended to: a line is whole or not there, so a program
 * that was killed loses nothing that it had told. Fields are parted by tabs and escaped as in an address.
 */
final class Ledger {
    private final Path file;
    private final TreeMap<Integer, TurnChanges> turns = new TreeMap<>();
    private final Deque<Undo> undos = new ArrayDeque<>(); // those that can be taken back
    private final Map<String, FileState> pending = new LinkedHashMap<>(); // of a call of which no end was told
    private int next = 1;
    private boolean torn; // the last line is that of a program that was killed

    /**
     * Files that were taken back together.
     *
     * @param from the first turn of theirs
     * @param took what was at each of them until then
     * @param marked the turns of which a file was taken back
     */
    record Undo(int from, Map<String, FileState> took, Map<String, List<TurnChanges>> marked) {}

    Ledger(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            text.lines().forEach(line -> take(line.split("\t", -1)));
            torn = !text.isEmpty() && !text.endsWith("\n");
        }
    }

    private void take(String[] fields) {
        try {
            int number = Integer.parseInt(fields[1]);
            switch (fields[0]) {
                case "turn" -> {
                    Instant at = Instant.ofEpochMilli(Long.parseLong(fields[3]));
                    turns.put(
                            number,
                            new TurnChanges(number, Integer.parseInt(fields[2]), at, FileState.decoded(fields[4])));
                    next = Math.max(next, number + 1);
                }
                case "change" ->
                    turns.get(number)
                            .add(
                                    FileState.decoded(fields[2]),
                                    new Change(FileState.of(fields[3]), FileState.of(fields[4])));
                case "undone" -> undos.push(new Undo(number, new LinkedHashMap<>(), new LinkedHashMap<>()));
                case "took" -> take(FileState.decoded(fields[2]), FileState.of(fields[3]));
                case "left" -> leave(FileState.decoded(fields[2]));
                case "redone" -> giveBack();
                case "pending" -> pending.put(FileState.decoded(fields[2]), FileState.of(fields[3]));
                case "settled" -> pending.clear();
                case "dropped" -> turns.remove(number);
                default -> {} // of a later version
            }
        } catch (IllegalArgumentException
                | ArrayIndexOutOfBoundsException
                | NullPointerException
                | NoSuchElementException e) {
            // the last line of a program that was killed; those before it stand
        }
    }

    private void take(String name, FileState was) {
        Undo undo = undos.getFirst();
        List<TurnChanges> marked = turns.tailMap(undo.from).values().stream()
                .filter(turn -> turn.live().containsKey(name))
                .toList();
        marked.forEach(turn -> turn.undone(name, true));
        undo.took.put(name, was);
        undo.marked.put(name, marked);
    }

    private void leave(String name) {
        Undo undo = undos.getFirst();
        undo.took.remove(name);
        undo.marked.remove(name).forEach(turn -> turn.undone(name, false));
        if (undo.took.isEmpty()) {
            undos.pop();
        }
    }

    private void giveBack() {
        undos.pop().marked.forEach((name, marked) -> marked.forEach(turn -> turn.undone(name, false)));
    }

    /** Those that are not taken back, the oldest first. */
    List<TurnChanges> live() {
        return turns.values().stream().filter(turn -> !turn.live().isEmpty()).toList();
    }

    /** The prompt of the latest turn, also of one that was taken back; 0 without any. */
    int lastPrompt() {
        return turns.isEmpty() ? 0 : turns.lastEntry().getValue().prompt();
    }

    /** What {@code /redo} brings back. */
    Optional<Undo> lastUndo() {
        return Optional.ofNullable(undos.peek());
    }

    /** Notes what is at files before a call may change them: should the program be killed, the next one finds it. */
    void expect(Map<String, FileState> before) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, FileState> each : before.entrySet()) {
            if (each.getValue() instanceof FileState.Regular || each.getValue() instanceof FileState.Link) {
                lines.add("pending\t0\t" + FileState.encoded(each.getKey()) + "\t"
                        + each.getValue().word());
                pending.put(each.getKey(), each.getValue());
            }
        }
        if (!lines.isEmpty()) {
            append(String.join("\n", lines));
        }
    }

    /** The call is over, and what it changed is noted. */
    void settled() throws IOException {
        if (!pending.isEmpty()) {
            append("settled\t0");
            pending.clear();
        }
    }

    /** What was at files before a call during which the program was killed. */
    Map<String, FileState> pending() {
        return Map.copyOf(pending);
    }

    TurnChanges begin(int prompt, String about) throws IOException {
        TurnChanges turn = new TurnChanges(next++, prompt, Instant.now(), about);
        append("turn\t" + turn.number() + "\t" + prompt + "\t" + turn.at().toEpochMilli() + "\t"
                + FileState.encoded(about));
        turns.put(turn.number(), turn);
        return turn;
    }

    void add(TurnChanges turn, String name, Change change) throws IOException {
        append("change\t" + turn.number() + "\t" + FileState.encoded(name) + "\t"
                + change.before().word() + "\t" + change.after().word());
        turn.add(name, change);
    }

    /** Marks what turns from a number on did to these files as taken back. */
    void undo(int from, Map<String, FileState> took) throws IOException {
        List<String> lines = new ArrayList<>(List.of("undone\t" + from));
        took.forEach(
                (name, state) -> lines.add("took\t" + from + "\t" + FileState.encoded(name) + "\t" + state.word()));
        append(String.join("\n", lines));
        undos.push(new Undo(from, new LinkedHashMap<>(), new LinkedHashMap<>()));
        took.forEach(this::take);
    }

    /** A file of the last undo, or redo, was left as it is after all. */
    void left(String name) throws IOException {
        append("left\t0\t" + FileState.encoded(name));
        leave(name);
    }

    /** Marks what the last undo took back as there again. */
    void redone() throws IOException {
        append("redone\t0");
        giveBack();
    }

    /** Forgets the oldest turn, and what was taken back of it alone. False when there is only one. */
    boolean dropOldest() throws IOException {
        if (turns.size() < 2) {
            return false;
        }
        TurnChanges oldest = turns.firstEntry().getValue();
        undos.removeIf(undo -> undo.marked.values().stream().allMatch(List.of(oldest)::equals));
        append("dropped\t" + turns.firstKey());
        turns.pollFirstEntry();
        return true;
    }

    /** All states that may be brought back. */
    List<FileState> states() {
        List<FileState> all = new ArrayList<>(pending.values());
        undos.forEach(undo -> all.addAll(undo.took.values()));
        for (TurnChanges turn : turns.values()) {
            turn.changes().values().forEach(change -> all.add(change.before()));
        }
        return all;
    }

    private void append(String lines) throws IOException {
        Files.createDirectories(file.getParent());
        String parted = torn ? "\n" : "";
        torn = false;
        Files.writeString(file, parted + lines + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
