package dev.bantam.ext.checkpoint;

import dev.bantam.ext.checkpoint.TurnChanges.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** What people read of turns and of their files. */
final class Listing {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final int MOST_FILES = 40;
    private static final int MOST_NAMED = 12;
    private static final int MOST_DIFF = 60_000;

    private Listing() {}

    /** The first names, and how many more. */
    static String some(List<String> names) {
        String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? first + " and " + (names.size() - MOST_NAMED) + " more" : first;
    }

    /** A line a turn, and one a file below it. */
    static String turns(List<TurnChanges> turns) {
        StringBuilder out = new StringBuilder();
        for (TurnChanges turn : turns) {
            out.append("%4d  %s  %s%n"
                    .formatted(turn.number(), CLOCK.format(turn.at().atZone(ZoneId.systemDefault())), turn.about()));
            out.append(files(turn.live(), "      "));
        }
        return out.toString();
    }

    /** A line a file: what was done to it. */
    static String files(Map<String, Change> changes, String indent) {
        StringBuilder out = new StringBuilder();
        changes.entrySet().stream()
                .limit(MOST_FILES)
                .forEach(each -> out.append(indent)
                        .append(letter(each.getValue()))
                        .append(' ')
                        .append(shown(each.getKey()))
                        .append(
                                each.getValue().before() instanceof FileState.Lost
                                        ? "  (earlier content not kept)"
                                        : "")
                        .append('\n'));
        if (changes.size() > MOST_FILES) {
            out.append(indent)
                    .append("and ")
                    .append(changes.size() - MOST_FILES)
                    .append(" more\n");
        }
        return out.toString();
    }

    private static char letter(Change change) {
        return change.before() instanceof FileState.Absent
                ? 'A'
                : change.after() instanceof FileState.Absent ? 'D' : 'M';
    }

    /** A name may hold what a terminal obeys. */
    static String shown(String name) {
        return name.replaceAll("[\\p{Cntrl}\\x80-\\x9f]", "?");
    }

    /** A unified diff of one file. */
    static String diff(String name, FileState before, FileState after, BlobStore store, byte[] now) throws IOException {
        StringBuilder out = new StringBuilder();
        String shown = shown(name);
        out.append("--- ")
                .append(before instanceof FileState.Absent ? "/dev/null" : "a/" + shown)
                .append('\n');
        out.append("+++ ")
                .append(after instanceof FileState.Absent ? "/dev/null" : "b/" + shown)
                .append('\n');
        if (before instanceof FileState.Lost
                || before instanceof FileState.Regular(String id, String mode) && !store.has(id)) {
            return out.append("(its earlier content was not kept)\n").toString();
        }
        byte[] old = before instanceof FileState.Regular(String id, String mode) ? store.get(id) : text(before);
        if (RawText.isBinary(old) || RawText.isBinary(now)) {
            return out.append("(binary: ")
                    .append(old.length)
                    .append(" bytes before, ")
                    .append(now.length)
                    .append(" now)\n")
                    .toString();
        }
        RawText from = new RawText(old);
        RawText to = new RawText(now);
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, from, to);
        ByteArrayOutputStream hunks = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(hunks)) {
            formatter.format(edits, from, to);
            formatter.flush();
        }
        String text = hunks.toString(StandardCharsets.UTF_8);
        out.append(text, 0, Math.min(text.length(), MOST_DIFF));
        return text.length() > MOST_DIFF ? out.append("\n(and more)\n").toString() : out.toString();
    }

    private static byte[] text(FileState state) {
        return state instanceof FileState.Link(String target)
                ? ("link to " + target + "\n").getBytes(StandardCharsets.UTF_8)
                : new byte[0];
    }
}
