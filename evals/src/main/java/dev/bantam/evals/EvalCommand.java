package dev.bantam.evals;

import dev.bantam.app.setup.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Measurements that anyone can run. */
@Command(
        name = "eval",
        description =
                "Measure what the harness costs (overhead), how fast the engine is (speed), and run the box's tasks"
                        + " (box).")
final class EvalCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    EvalCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return overhead(5, 60, false);
    }

    @Command(
            name = "overhead",
            description = "Start-up, time per turn, memory, and how stable the prompt's prefix is; with no real model.")
    int overhead(
            @Option(names = "--runs", defaultValue = "5", description = "Starts to take the median of.") int runs,
            @Option(names = "--turns", defaultValue = "60", description = "Turns of the measured run.") int turns,
            @Option(names = "--json", description = "As one JSON object.") boolean json)
            throws IOException, InterruptedException {
        Overhead overhead = Overhead.measure(new Program(), Math.max(1, runs), Math.max(4, turns));
        invocation.out().print(json ? overhead.asJson() + "\n" : overhead.asTable());
        invocation.out().flush();
        return 0;
    }

    @Command(
            name = "box",
            description = "The 40 development tasks of the model in the box, each through bantam -p. Python tasks need"
                    + " python3, Java tasks a JDK.")
    int box(
            @Option(names = "--least", defaultValue = "30", description = "Fewer solved is a failure.") int least,
            @Option(names = "--only", paramLabel = "IDS", split = ",", description = "Only these tasks.")
                    List<String> only,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting for every run.")
                    List<String> settings,
            @Option(
                            names = "--compare",
                            description = "Run them without a mask, with it, and with live constraints as well.")
                    boolean compare)
            throws IOException, InterruptedException {
        List<BoxTask> tasks = BoxTask.all().stream()
                .filter(task -> only == null || only.contains(task.id()))
                .toList();
        List<String> given = settings == null ? List.of() : settings;
        int solved = compare ? compared(tasks, given) : suite(given).run(tasks);
        return solved >= Math.min(least, tasks.size()) ? 0 : 1;
    }

    /** How many are solved with everything on; the other figures are printed. */
    private int compared(List<BoxTask> tasks, List<String> given) throws IOException, InterruptedException {
        List<List<String>> variants =
                List.of(List.of("mask=false"), List.of("mask=true", "live-constraints=false"), List.of("mask=true"));
        List<String> table = new ArrayList<>();
        int solved = 0;
        for (List<String> variant : variants) {
            List<String> all = new ArrayList<>(given);
            all.addAll(variant);
            invocation.out().println("# " + String.join(", ", all));
            solved = suite(all).run(tasks);
            table.add("%-36s %d of %d".formatted(String.join(", ", all), solved, tasks.size()));
        }
        table.forEach(invocation.out()::println);
        return solved;
    }

    private BoxSuite suite(List<String> settings) {
        return new BoxSuite(new Program(), invocation.out(), settings);
    }
}
