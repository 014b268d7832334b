package dev.bantam.app.sessions;

import dev.bantam.app.setup.FileFaults;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Places;
import dev.bantam.app.setup.RunOptions;
import dev.bantam.core.session.SessionTree;
import dev.bantam.core.session.Sessions;
import dev.bantam.core.settings.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A session goes on in the folder in which it began, whatever the current one is: what the model was told of files holds
 * there alone.
 */
public final class SessionFolder {
    private SessionFolder() {}

    /**
     * Makes the named session's folder the run's workspace, and says so when it is another than the current one.
     *
     * @throws ConfigException when {@code -C} names another folder, or the session's folder is gone
     */
    public static void enter(RunOptions options, Invocation invocation) throws ConfigException {
        try {
            Sessions sessions = new Sessions(Places.of(invocation.environment()).sessions());
            Optional<Path> file = SessionChoice.named(options, sessions);
            Optional<Path> folder = file.isEmpty() ? Optional.empty() : folderOf(file.get());
            if (folder.isPresent()) {
                enter(folder.get(), options, invocation);
            }
        } catch (IOException e) {
            throw new ConfigException(FileFaults.inWords(e), e);
        }
    }

    private static void enter(Path folder, RunOptions options, Invocation invocation)
            throws ConfigException, IOException {
        boolean there = Files.isDirectory(folder);
        if (options.cwd == null) {
            if (!there) {
                throw new ConfigException(
                        "the session's folder " + folder + " is gone. Name the one to work in now with -C");
            }
            if (!Files.isSameFile(folder, invocation.cwd())) {
                options.cwd = folder;
                invocation.say("this session belongs to " + folder + ", and goes on there");
            }
            return;
        }
        Path wanted = invocation.cwd().resolve(options.cwd);
        if (there && Files.isDirectory(wanted) && !Files.isSameFile(folder, wanted)) {
            throw new ConfigException("this session belongs to " + folder + ", not to " + wanted
                    + ". Leave -C out to go on there, or start a new session in " + wanted);
        }
    }

    private static Optional<Path> folderOf(Path session) throws IOException {
        return SessionTree.read(session).entries().stream()
                .filter(entry -> entry.type().equals("session_started"))
                .map(entry -> entry.event().path("cwd").asText())
                .filter(cwd -> !cwd.isEmpty())
                .map(Path::of)
                .findFirst();
    }
}
