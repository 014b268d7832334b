package dev.bantam.app;

import dev.bantam.app.setup.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The program in this process, with a home and a workspace of its own. */
public final class Started {
    final Path home;
    public final Path workspace;
    public final Map<String, String> environment = new TreeMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public Started(Path folder) throws IOException {
        home = Files.createDirectories(folder.resolve("home")).toRealPath();
        workspace = Files.createDirectories(folder.resolve("workspace")).toRealPath();
        environment.put("HOME", home.toString());
    }

    /** Runs a command line in the workspace, and gives its exit code. */
    public int run(String... args) {
        return runIn(workspace, "", args);
    }

    public int runIn(Path cwd, String piped, String... args) {
        out.reset();
        err.reset();
        return Main.run(
                new Invocation(
                        environment,
                        cwd,
                        new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        false),
                args);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** A model that replays these replies, one JSON object each. */
    public String script(String... replies) throws IOException {
        return "script/"
                + Files.writeString(Files.createTempFile(home, "script", ".jsonl"), String.join("\n", replies) + "\n");
    }

    public Path data() {
        return home.resolve(".local/share/bantam");
    }

    public Path sessions() {
        return data().resolve("sessions");
    }

    public Path settings(String json) throws IOException {
        Path file = home.resolve(".config/bantam/settings.json");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, json);
    }

    /** A machine on which no sandbox confines: no engine answers, and bubblewrap is told to keep what cannot be kept. */
    public void withoutSandboxes() throws IOException {
        environment.put("DOCKER_HOST", "unix:///no/such/engine.sock");
        settings("{\"sandbox.caches\": \"own\"}");
        Files.createDirectories(data());
        Files.writeString(data().resolve("sandbox-cache"), "no folder");
    }

    public Path file(String name, String text) throws IOException {
        Path file = workspace.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
