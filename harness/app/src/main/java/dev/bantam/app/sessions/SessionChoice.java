package dev.bantam.app.sessions;

import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.FileFaults;
import dev.bantam.app.setup.RunOptions;
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
import java.util.stream.Stream;

/** Which session a run goes on with, or a new one. */
public final class SessionChoice {
    private SessionChoice() {}

    /**
     * A session that is ready to be written.
     *
     * @param file makes or opens what it is written to; asked once, when everything else is sure to work
     * @param earlier what was said in it before
     * @param problems what could not be read of it
     * @param kept whether anything of it stays when the program ends
     * @param original the session that it is a fork of
     */
    public record Chosen(
            String id,
            LogSource file,
            Optional<Transcript> earlier,
            List<String> problems,
            boolean kept,
            Optional<String> original) {
        Chosen forkOf(String other) {
            return new Chosen(id, file, earlier, problems, kept, Optional.of(other));
        }
    }

    /** Opens the log of a session. */
    @FunctionalInterface
    public interface LogSource {
        SessionLog open() throws IOException;
    }

    /** Refuses options that contradict one another; looks at no file. */
    public static void check(RunOptions options) throws ConfigException {
        long ways = Stream.of(
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
    }

    public static Chosen of(RunOptions options, Configuration configuration) throws ConfigException {
        check(options);
        Sessions sessions = new Sessions(configuration.places().sessions());
        try {
            if (options.goOn || (options.resume != null && options.resume.isEmpty())) {
                return reopen(sessions.lastIn(configuration.workspace())
                        .orElseThrow(() -> new ConfigException("there is no session of " + configuration.workspace()
                                + " to go on with. Start one without --continue"))
                        .path());
            }
            Optional<Path> named = named(options, sessions);
            if (named.isPresent()) {
                return options.fork != null ? fork(sessions, named.get()) : reopen(named.get());
            }
        } catch (IOException e) {
            throw new ConfigException(FileFaults.inWords(e), e);
        }
        if (options.session != null) {
            return startedAt(Path.of(options.session).toAbsolutePath());
        }
        String id = newId();
        return options.noSession
                ? new Chosen(id, SessionLog::forgetful, Optional.empty(), List.of(), false, Optional.empty())
                : fresh(id, () -> SessionFile.create(sessions.pathOf(id)));
    }

    /**
     * The file of the session that the options name; empty when they name none, or a file that is to be started.
     *
     * @throws IOException when there is no such session
     */
    static Optional<Path> named(RunOptions options, Sessions sessions) throws IOException {
        String name = Stream.of(options.resume, options.fork, options.session)
                .filter(each -> each != null && !each.isEmpty())
                .findFirst()
                .orElse("");
        if (name.isEmpty() || (options.session != null && isNewFile(name))) {
            return Optional.empty();
        }
        return Optional.of(sessions.find(name));
    }

    /** A file that does not exist yet is started; an id must exist. */
    private static boolean isNewFile(String name) throws IOException {
        boolean file = name.endsWith(".jsonl") || name.contains("/");
        Path path = Path.of(name).toAbsolutePath();
        return file && (!Files.exists(path) || Files.size(path) == 0);
    }

    private static Chosen startedAt(Path path) {
        return fresh(idOf(path), () -> {
            Files.deleteIfExists(path); // it is empty
            return SessionFile.create(path);
        });
    }

    private static Chosen fresh(String id, LogSource file) {
        return new Chosen(id, file, Optional.empty(), List.of(), true, Optional.empty());
    }

    private static Chosen reopen(Path path) throws IOException {
        SessionTree tree = SessionTree.read(path);
        return goingOn(idOf(path), tree, () -> SessionFile.reopen(tree));
    }

    private static Chosen fork(Sessions sessions, Path original) throws IOException {
        String id = newId();
        Path copy = sessions.pathOf(id);
        return goingOn(id, SessionTree.read(original), () -> {
                    Files.createDirectories(copy.getParent());
                    Files.copy(original, copy);
                    return SessionFile.reopen(SessionTree.read(copy));
                })
                .forkOf(idOf(original));
    }

    private static Chosen goingOn(String id, SessionTree tree, LogSource file) throws IOException {
        try {
            return new Chosen(id, file, Optional.of(Transcript.of(tree)), tree.problems(), true, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new IOException("the session " + tree.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String idOf(Path path) {
        return path.getFileName().toString().replaceFirst("\\.jsonl$", "");
    }

    private static String newId() {
        return Sessions.newId(Instant.now(), RandomGenerator.getDefault());
    }
}
