package dev.bantam.app;

import dev.bantam.api.Event;
import dev.bantam.api.Part;
import dev.bantam.api.Sandbox;
import dev.bantam.app.models.ModelChoice;
import dev.bantam.app.sandbox.SandboxChoice;
import dev.bantam.app.sandbox.Sandboxes;
import dev.bantam.app.sessions.SessionChoice;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.Exit;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.RunOptions;
import dev.bantam.core.settings.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job on a sample, with the model in the box: nothing is downloaded, nothing is configured. */
@Command(name = "demo", description = "The main job on a small sample, with the model in the box.")
final class DemoCommand implements Callable<Integer> {
    private static final List<String> SAMPLE = List.of("src/Rates.java", "src/RatesTest.java");
    private static final String TEST = "javac -d out src/Rates.java src/RatesTest.java && java -cp out RatesTest";
    private static final String TASK = "Please fix the failing test. Command: `" + TEST + "`. File: src/Rates.java.";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private final Invocation invocation;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "REF",
            description = "Another model than the one in the box.")
    private String model = "local/tiny-agent";

    DemoCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = invocation.out();
        Path folder = Files.createTempDirectory("bantam-demo").toRealPath();
        Map<String, String> before = new LinkedHashMap<>();
        for (String name : SAMPLE) {
            before.put(name, sample(name));
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), before.get(name));
        }
        RunOptions options = new RunOptions();
        options.cwd = folder;
        options.model = model;
        options.noSession = true;
        Configuration configuration = Configuration.of(options, invocation);
        SandboxChoice possible = Sandboxes.choose(configuration, invocation.environment());
        SandboxChoice sandbox = possible.orPlain(); // the commands are ours
        ModelChoice choice =
                new ModelChoice(configuration.settings(), configuration.places(), invocation.environment());
        out.println("A small Java project with a failing test, in " + folder);
        if (possible.isRefused()) {
            out.println("Its commands run without a sandbox, since none can be had here: " + possible.obstacles());
        }
        out.println("\n$ " + TEST);
        boolean passedBefore = runTest(sandbox, folder, out);
        ModelChoice.Chosen chosen = choice.open(found -> Optional.empty());
        chosen.model().info().profile().introduction().ifPresent(text -> out.println("\n" + text));
        out.println("\n> " + TASK);
        Event.RunFinished finished;
        try (Wiring wiring = Wiring.start(
                configuration,
                chosen,
                sandbox,
                () -> SessionChoice.of(options, configuration),
                new PlainEvents(out),
                Optional.empty())) {
            finished = wiring.agent().run(List.of(new Part.Text(TASK)));
        }
        out.println("\nWhat changed:\n");
        for (String name : SAMPLE) {
            out.print(LineDiff.of(name, before.get(name), Files.readString(folder.resolve(name))));
        }
        out.println("\n$ " + TEST);
        boolean passedAfter = runTest(sandbox, folder, out);
        out.print(text("demo/ending.txt"));
        out.flush();
        if (finished.outcome() == Event.Outcome.COMPLETED && !passedBefore && passedAfter) {
            return Exit.COMPLETED;
        }
        invocation.say("the sample's test does not pass: " + finished.reason());
        return finished.outcome() == Event.Outcome.COMPLETED ? Exit.FAILED : Exit.of(finished.outcome());
    }

    private static boolean runTest(SandboxChoice choice, Path folder, PrintStream out)
            throws ConfigException, InterruptedException, IOException {
        try (Sandbox sandbox = choice.open(folder.resolve("scratch"))) {
            Sandbox.Outcome outcome = sandbox.run(
                    new Sandbox.Command(TEST, folder, TIME_LIMIT),
                    bytes -> out.print(StandardCharsets.UTF_8.decode(bytes)));
            out.flush();
            return outcome instanceof Sandbox.Outcome.Exited exited && exited.code() == 0;
        }
    }

    private static String sample(String name) throws IOException {
        return text("demo/" + name);
    }

    private static String text(String name) throws IOException {
        try (InputStream stream = DemoCommand.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
