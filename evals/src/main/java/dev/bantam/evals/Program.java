package dev.bantam.evals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts this very program again, with the same JVM, options and classes. */
final class Program {
    private final String java = ProcessHandle.current().info().command().orElse("java");
    private final List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-Dbantam."))
            .toList();

    /** @param home a folder that takes the place of the user's; nothing of the user's own is read or written */
    Process start(Path home, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.bantam.app.Main"));
        command.addAll(List.of(arguments));
        return started(home, output, command);
    }

    /** The smallest program that a JVM can run: what any start must cost. */
    Process startNothing(Path home, Path output) throws IOException {
        return started(home, output, List.of(java, "-XX:+UseSerialGC", "-version"));
    }

    private static Process started(Path home, Path output, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        environment.put("XDG_DATA_HOME", home.resolve("data").toString());
        return builder.start();
    }
}
