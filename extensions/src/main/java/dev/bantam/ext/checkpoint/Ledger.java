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

    /**
     * Turns that were taken back together.
     *
     * @param took what was at each of their files until then
     */
    record Undo(List<TurnChanges> turns, Map<String, FileState> took) {}

    Ledger(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                take(line.split("\t", -1));
            }
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
                    undos.clear();
                }
                case "change" ->
                    turns.get(number)
                            .add(
                                    FileState.decoded(fields[2]),
                                    new Change(FileState.of(fields[3]), FileState.of(fields[4])));
                case "undone" -> take(number);
                case "redone" -> undos.pop().turns.forEach(turn -> turn.undone(false));
                case "took" -> undos.peek().took.put(FileState.decoded(fields[2]), FileState.of(fields[3]));
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

    private void take(int from) {
        List<TurnChanges> taken =
                live().stream().filter(turn -> turn.number() >= from).toList();
        taken.forEach(turn -> turn.undone(true));
        undos.push(new Undo(taken, new LinkedHashMap<>()));
    }

    /** Those that are not taken back, the oldest first. */
    List<TurnChanges> live() {
        return turns.values().stream().filter(turn -> !turn.undone()).toList();
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
        undos.clear();
        return turn;
    }

    void add(TurnChanges turn, String name, Change change) throws IOException {
        append("change\t" + turn.number() + "\t" + FileState.encoded(name) + "\t"
                + change.before().word() + "\t" + change.after().word());
        turn.add(name, change);
    }

    /** Marks turns from a number on as taken back. */
    void undo(int from, Map<String, FileState> took) throws IOException {
        List<String> lines = new ArrayList<>(List.of("undone\t" + from));
        took.forEach(
                (name, state) -> lines.add("took\t" + from + "\t" + FileState.encoded(name) + "\t" + state.word()));
        append(String.join("\n", lines));
        take(from);
        undos.peek().took.putAll(took);
    }

    /** Marks what the last undo took back as there again. */
    void redone() throws IOException {
        append("redone\t0");
        undos.pop().turns.forEach(turn -> turn.undone(false));
    }

    /** Forgets the oldest turn. False when there is only one. */
    boolean dropOldest() throws IOException {
        if (turns.size() < 2) {
            return false;
        }
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
        Files.writeString(file, lines + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
