package dev.bantam.evals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program as it is handed out, run as a process of its own: with folders of its own for everything that belongs to
 * a user, and only a few environment variables.
 */
final class Packaged {
    private static final Path PROGRAM = Path.of("target/bantam/bin/bantam").toAbsolutePath();

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private int runs;

    /** @param folder empty; the workspace and the user's folders lie in it */
    Packaged(Path folder) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IOException(PROGRAM + " is missing: these tests run after the package phase (mvn verify)");
        }
        this.folder = folder.toRealPath();
        for (String name : List.of("home", "config", "data", "cache", "work")) {
            Files.createDirectories(this.folder.resolve(name));
        }
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", this.folder.resolve("home").toString());
        environment.put("XDG_CONFIG_HOME", this.folder.resolve("config").toString());
        environment.put("XDG_DATA_HOME", this.folder.resolve("data").toString());
        environment.put("XDG_CACHE_HOME", this.folder.resolve("cache").toString());
        environment.put("BANTAM_JAVA", System.getProperty("java.home"));
    }

    Packaged with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path folder() {
        return folder;
    }

    Path workspace() {
        return folder.resolve("work");
    }

    Path data() {
        return folder.resolve("data/bantam");
    }

    Path sessions() {
        return data().resolve("sessions");
    }

    Path settings() throws IOException {
        return Files.createDirectories(folder.resolve("config/bantam")).resolve("settings.json");
    }

    /** Whether no session was ever begun, or none was kept. */
    boolean keepsNoSession() throws IOException {
        if (!Files.exists(sessions())) {
            return true;
        }
        try (var files = Files.list(sessions())) {
            return files.findAny().isEmpty();
        }
    }

    /** The only session there is. */
    Path session() throws IOException {
        try (var files = Files.list(sessions())) {
            List<Path> all = files.toList();
            if (all.size() != 1) {
                throw new IOException("not one session but " + all);
            }
            return all.getFirst();
        }
    }

    /** Writes a file of the workspace. */
    Path file(String name, String text) throws IOException {
        Path file = workspace().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** Writes a script, and returns how {@code -m} names it. */
    String script(Said... replies) throws IOException {
        Path file = folder.resolve("script-" + ++runs + ".jsonl");
        Files.write(file, List.of(replies).stream().map(Said::asScriptLine).toList());
        return "script/" + file;
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    Run runWithInput(String input, String... arguments) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("stdin-" + ++runs), input);
        return start(List.of(), file, arguments).await();
    }

    Running start(String... arguments) throws IOException {
        return start(List.of(), Path.of("/dev/null"), arguments);
    }

    /** @param before a command that starts the program in its turn */
    Running start(List<String> before, Path input, String... arguments) throws IOException {
        Path output = folder.resolve("stdout-" + ++runs);
        Path errors = folder.resolve("stderr-" + runs);
        List<String> command = new ArrayList<>(before);
        command.add(PROGRAM.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workspace().toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), output, errors);
    }
}
