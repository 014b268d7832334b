package dev.bantam.app;

import dev.bantam.core.session.SessionFile;
import dev.bantam.core.session.SessionLog;
import dev.bantam.core.session.SessionTree;
import dev.bantam.core.session.Sessions;
import dev.bantam.core.session.Transcript;
import dev.bantam.core.settings.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Which session a run goes on with, or a new one. */
final class SessionChoice {
    private SessionChoice() {}

    /**
     * A session that is ready to be written.
     *
     * @param earlier what was said in it before
     * @param problems what could not be read of it
     */
    record Chosen(String id, SessionLog log, Optional<Transcript> earlier, List<String> problems) {}

    static Chosen of(RunOptions options, Configuration configuration) throws ConfigException, IOException {
        long ways = java.util.stream.Stream.of(
                        options.goOn,
                        options.resume != null,
                        options.session != null,
                        options.fork != null,
                        options.noSession)
                .filter(used -> used)
                .count();
        if (ways > 1) {
            throw new ConfigException(
                    "--continue, --resume, --session, --fork and --no-session exclude one another: name one");
        }
        Sessions sessions = new Sessions(configuration.places().sessions());
        try {
            if (options.goOn || (options.resume != null && options.resume.isEmpty())) {
                return reopen(sessions.lastIn(configuration.workspace())
                        .orElseThrow(() -> new ConfigException("there is no session of " + configuration.workspace()
                                + " to go on with. Start one without --continue"))
                        .path());
            }
            if (options.resume != null) {
                return reopen(sessions.find(options.resume));
            }
            if (options.fork != null) {
                return fork(sessions, sessions.find(options.fork));
            }
            if (options.session != null) {
                return named(sessions, options.session);
            }
        } catch (IOException e) {
            throw new ConfigException(FileFaults.inWords(e), e);
        }
        String id = newId();
        SessionLog log = options.noSession ? SessionLog.forgetful() : SessionFile.create(sessions.pathOf(id));
        return new Chosen(id, log, Optional.empty(), List.of());
    }

    private static Chosen reopen(Path path) throws IOException {
        SessionTree tree = SessionTree.read(path);
        Transcript transcript;
        try {
            transcript = Transcript.of(tree);
        } catch (IllegalArgumentException e) {
            throw new IOException("the session " + path + " cannot be read: " + e.getMessage(), e);
        }
        return new Chosen(idOf(path), SessionFile.reopen(tree), Optional.of(transcript), tree.problems());
    }

    private static Chosen fork(Sessions sessions, Path original) throws IOException {
        Path copy = sessions.pathOf(newId());
        Files.createDirectories(copy.getParent());
        Files.copy(original, copy);
        return reopen(copy);
    }

    /** A file that does not exist yet is started; an id must exist. */
    private static Chosen named(Sessions sessions, String name) throws IOException {
        boolean file = name.endsWith(".jsonl") || name.contains("/");
        Path path = Path.of(name).toAbsolutePath();
        if (file && (!Files.exists(path) || Files.size(path) == 0)) {
            Files.deleteIfExists(path);
            return new Chosen(idOf(path), SessionFile.create(path), Optional.empty(), List.of());
        }
        return reopen(sessions.find(name));
    }

    private static String idOf(Path path) {
        return path.getFileName().toString().replaceFirst("\\.jsonl$", "");
    }

    private static String newId() {
        return Sessions.newId(Instant.now(), RandomGenerator.getDefault());
    }
}
