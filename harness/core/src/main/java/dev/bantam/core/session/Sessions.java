package dev.bantam.core.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The sessions of this user: one file each in one folder. */
public final class Sessions {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int TITLE_LENGTH = 60;
    private static final int LINES_FOR_A_TITLE = 12;

    private final Path folder;

    public Sessions(Path folder) {
        this.folder = folder;
    }

    /** What a list shows of a session; the title is the first prompt's first words. */
    public record Listed(String id, Path path, String cwd, String model, String title, Instant changed) {}

    /** A new session's id: sorts by time, and is short enough to type the end of. */
    public static String newId(Instant now, RandomGenerator random) {
        return STAMP.format(now) + "-" + String.format("%04x", random.nextInt(0x10000));
    }

    public Path pathOf(String id) {
        return folder.resolve(id + ".jsonl");
    }

    /** All sessions, the newest first. Files that hold none are left out. */
    public List<Listed> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Listed> sessions = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path :
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                describe(path).ifPresent(sessions::add);
            }
        }
        sessions.sort(
                Comparator.comparing(Listed::changed).thenComparing(Listed::id).reversed());
        return sessions;
    }

    /** The session that was used last in a folder. */
    public Optional<Listed> lastIn(Path cwd) throws IOException {
        return list().stream()
                .filter(session -> session.cwd().equals(cwd.toString()))
                .findFirst();
    }

    /**
     * Finds a session by its id, the start or the end of its id, or its file.
     *
     * @throws IOException when none or several match; says which
     */
    public Path find(String name) throws IOException {
        if (name.endsWith(".jsonl") || name.contains("/")) {
            Path path = Path.of(name);
            if (Files.isRegularFile(path)) {
                return path;
            }
            throw new IOException("the session file " + path + " does not exist");
        }
        List<Listed> matches = list().stream()
                .filter(session -> session.id().startsWith(name) || session.id().endsWith(name))
                .toList();
        if (matches.size() == 1) {
            return matches.getFirst().path();
        }
        throw new IOException(
                matches.isEmpty()
                        ? "there is no session \"" + name + "\". List them with: bantam sessions ls"
                        : "\"" + name + "\" means " + matches.size() + " sessions: "
                                + String.join(
                                        ", ", matches.stream().map(Listed::id).toList()));
    }

    private Optional<Listed> describe(Path path) throws IOException {
        String id = path.getFileName().toString().replaceFirst("\\.jsonl$", "");
        String cwd = null;
        String model = "";
        String title = "";
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (int i = 0; i < LINES_FOR_A_TITLE && title.isEmpty(); i++) {
                String line = reader.readLine();
                if (line == null) {
                    break;
                }
                JsonNode event = MessageJson.JSON.readTree(line).path("event");
                if (event.path("type").asText().equals("session_started")) {
                    cwd = event.path("cwd").asText();
                    model = event.path("model").asText();
                } else if (event.path("type").asText().equals("user_message")) {
                    title = title(Recorded.message(event).text());
                }
            }
        } catch (IOException | IllegalArgumentException damaged) {
            // what was read so far is all there is to show
        }
        FileTime changed = Files.getLastModifiedTime(path);
        return cwd == null
                ? Optional.empty()
                : Optional.of(new Listed(id, path, cwd, model, title, changed.toInstant()));
    }

    private static String title(String prompt) {
        String line = prompt.strip().lines().findFirst().orElse("");
        return line.length() <= TITLE_LENGTH ? line : line.substring(0, TITLE_LENGTH - 1) + "…";
    }
}
