package dev.bantam.evals;

import dev.bantam.app.Main;
import dev.bantam.app.setup.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The run from which the start-up cache is made: the main job with the model in the box, and one against a server, so
 * that the classes of both are in the cache. Writes below the folder that is its only argument.
 */
public final class Training {
    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Path output = folder.resolve("output.txt");
        try (RecordingServer server = new RecordingServer(2);
                PrintStream out = new PrintStream(output.toFile(), StandardCharsets.UTF_8)) {
            Invocation invocation = new Invocation(
                    Map.of(
                            "HOME", folder.toString(),
                            "XDG_DATA_HOME", folder.toString(),
                            "XDG_CONFIG_HOME", folder.toString()),
                    workspace,
                    InputStream.nullInputStream(),
                    out,
                    out,
                    false,
                    false,
                    false);
            Main.run(invocation, "-p", "go", "--json", "-m", "llamacpp/measured", "--base-url", server.url());
            Main.run(invocation, "demo");
            Main.run(invocation, "sessions", "ls");
        }
        Folders.delete(folder);
    }
}
