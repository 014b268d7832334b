package dev.bantam.evals.speed;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A {@link Worker} that runs with this program's own JVM, options and classes. */
final class WorkerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Path errors;

    WorkerProcess(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Dbantam.") && !option.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
        command.addAll(arguments);
        errors = Files.createTempFile("bantam-speed", ".log");
        process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The numbers of its next line. */
    double[] answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            List<String> said = Files.readAllLines(errors);
            throw new IOException(said.stream()
                    .filter(text -> text.startsWith("Exception in thread") || text.startsWith("Caused by:"))
                    .reduce((first, last) -> last)
                    .map(text -> text.replaceFirst("^(Exception in thread \"main\"|Caused by:) [\\w.]+: ", ""))
                    .orElse("the measuring process ended; it said last: "
                            + String.join(" ", said.subList(Math.max(0, said.size() - 3), said.size()))));
        }
        return Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    double[] ask(int context, int tokens) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(context + " " + tokens + "\n")
                .flush();
        return answer();
    }

    @Override
    public void close() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        process.destroy();
        Files.delete(errors);
    }
}
