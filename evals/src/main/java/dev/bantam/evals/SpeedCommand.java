package dev.bantam.evals;

import dev.bantam.app.setup.Invocation;
import dev.bantam.evals.speed.SpeedBenchmark;
import dev.bantam.evals.speed.SpeedReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bantam eval speed}. */
@Command(
        name = "speed",
        description =
                "How fast the engine reads a prompt, generates and starts, and the memory it takes, on random models"
                        + " that are made for it (about 6 GB in the cache folder): against plain reading of the file, and against"
                        + " other engines where asked for.")
final class SpeedCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(names = "--models", paramLabel = "NAMES", split = ",", description = "Only those whose names begin so.")
    private List<String> models = List.of();

    @Option(
            names = "--peers",
            paramLabel = "NAMES",
            split = ",",
            description = "Compare with these: llama.cpp, fetched with npm when it is absent; jlama, on its own form of"
                    + " the Llama and Mixtral shapes in four bits.")
    private List<String> peers = List.of();

    @Option(names = "--quick", description = "Without the context of 4096 tokens.")
    private boolean quick;

    @Option(
            names = "--busy",
            description = "The machine has other work: measure one thread, by its processor time and not by the clock.")
    private boolean busy;

    @Option(names = "--tiny", description = "Tiny models: a test of the benchmark itself.")
    private boolean tiny;

    @Option(names = "--offline", description = "Fetch nothing.")
    private boolean offline;

    @Option(names = "--threads", defaultValue = "2", description = "Threads that compute. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds to take medians of. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    SpeedCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SpeedBenchmark.Plan plan = new SpeedBenchmark.Plan(
                cache().resolve("bantam").resolve("bench"),
                models,
                peers,
                tiny,
                quick,
                busy,
                offline,
                Math.max(1, threads),
                Math.max(1, rounds));
        SpeedReport report = new SpeedBenchmark(plan, invocation.err()).run();
        invocation.out().print(json ? report.asJson() + "\n" : report.asTable());
        invocation.out().flush();
        return 0;
    }

    private Path cache() {
        String folder = invocation.environment().getOrDefault("XDG_CACHE_HOME", "");
        return folder.isBlank()
                ? Path.of(invocation.environment().getOrDefault("HOME", "."), ".cache")
                : Path.of(folder);
    }
}
