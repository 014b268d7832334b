package dev.bantam.sandbox.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** What lies on this machine for a session's container, and how one is started with it. */
final class Preparation implements AutoCloseable {
    /** Linux takes at most 128 KiB in one argument. */
    private static final int MAX_ARGUMENT_BYTES = 100_000;

    private final Engine engine;
    private final DockerOptions options;
    private final SessionFolders folders;
    private final Path control;
    private final AtomicLong scripts = new AtomicLong();

    Preparation(Engine engine, DockerOptions options, SessionFolders folders, String session) {
        this.engine = engine;
        this.options = options;
        this.folders = folders;
        control = folders.control().resolve(session);
    }

    Container start() throws IOException, InterruptedException {
        User user = User.in(engine.facts());
        Files.createDirectories(folders.scratch());
        Files.createDirectories(control);
        Files.writeString(control.resolve("passwd"), user.passwd());
        Files.writeString(control.resolve("group"), user.group());
        for (String cache : options.caches()) {
            Files.createDirectories(folders.caches().resolve(cache));
        }
        Container container =
                Container.start(engine.client(), new Hardening(engine.facts(), options, folders, control, user));
        try {
            Leftovers.sweep(engine.client());
        } catch (RuntimeException e) {
            // another session's leftovers are no reason to fail this one; the next start tries again
        }
        return container;
    }

    /** The words after which {@code run.sh} runs this line, which goes through a file where it is too long. */
    String[] words(String mark, String token, String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_ARGUMENT_BYTES) {
            return new String[] {mark, token, "line", line};
        }
        Path script = control.resolve(scripts.incrementAndGet() + ".sh");
        Files.write(script, bytes);
        return new String[] {mark, token, "file", script.toString()};
    }

    @Override
    public void close() {
        try (var files = Files.newDirectoryStream(control)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(control);
        } catch (IOException e) {
            // it was never made; or it stays, and holds nothing but names and commands
        }
    }
}
