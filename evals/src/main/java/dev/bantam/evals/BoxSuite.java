package dev.bantam.evals;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The development tasks of the model in the box, each through a whole {@code bantam -p} in a folder of its own. They show
 * that the program works; they say nothing of how well it serves a capable model. Some tasks were made with messages
 * before the first turn; here they begin without.
 */
final class BoxSuite {
    private final Program program;
    private final PrintStream out;
    private final List<String> settings;

    /** @param settings {@code key=value}, for every run */
    BoxSuite(Program program, PrintStream out, List<String> settings) {
        this.program = program;
        this.out = out;
        this.settings = List.copyOf(settings);
    }

    /** Runs the tasks and prints a line for each. Returns how many were solved. */
    int run(List<BoxTask> tasks) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("bantam-box");
        int solved = 0;
        for (BoxTask task : tasks) {
            Path workspace = Files.createDirectories(home.resolve(task.id()));
            task.layOut(workspace);
            Path answer = home.resolve(task.id() + ".answer");
            long start = System.nanoTime();
            int exit = program.start(home, answer, arguments(task, workspace)).waitFor();
            Optional<String> fault = task.fault(workspace, Files.readString(answer));
            solved += fault.isEmpty() ? 1 : 0;
            out.printf(
                    "%s  %-13s %-7s %4.1f s  exit %d%s%n",
                    task.id(),
                    task.kind(),
                    fault.isEmpty() ? "solved" : "failed",
                    (System.nanoTime() - start) / 1e9,
                    exit,
                    fault.map(text -> "  " + text).orElse(""));
            out.flush();
        }
        out.printf("solved %d of %d%n", solved, tasks.size());
        Folders.delete(home);
        return solved;
    }

    private String[] arguments(BoxTask task, Path workspace) {
        List<String> arguments = new ArrayList<>(List.of(
                "-p", task.prompt(), "-C", workspace.toString(), "-m", "local/tiny-agent", "--max-turns", "16"));
        arguments.addAll(List.of("--sandbox", "none")); // the model, the tasks and their folders are ours
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments.toArray(String[]::new);
    }
}
