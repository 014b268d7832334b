package dev.bantam.ext.shellsession;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.ToolResult;
import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Commands in the background, by name; each in a terminal of its own. */
final class Jobs implements AutoCloseable {
    private static final int MOST = 8;
    private static final String INTERRUPT = "\3";

    private final ExtensionContext context;
    private final MainShell shell;
    private final Pace pace;
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    private record Job(String command, Console console) {}

    Jobs(ExtensionContext context, MainShell shell, Pace pace) {
        this.context = context;
        this.shell = shell;
        this.pace = pace;
    }

    ToolResult start(String name, String command) throws IOException, InterruptedException {
        Job old = jobs.get(name);
        if (old != null && old.console().exitCode().isEmpty()) {
            return new ToolResult.Refused("shell refused: the job " + name + " still runs (" + old.command()
                    + "). End it with shell " + arguments("job", name, "input", "^C") + ", or choose another name.");
        }
        if (jobs.values().stream()
                        .filter(job -> job.console().exitCode().isEmpty())
                        .count()
                >= MOST) {
            return new ToolResult.Refused("shell refused: " + MOST + " jobs run already ("
                    + String.join(", ", jobs.keySet()) + "). End one first with input ^C.");
        }
        String line = Protocol.job(shell.exported(), shell.folder(), command);
        Console console = Console.open(context.sandbox(), context.workspace().root(), line, new Screen(""), pace);
        jobs.put(name, new Job(command, console));
        settle(console, pace.jobStart());
        return told(name);
    }

    /** Until it has printed something and then nothing more, or is over. */
    private void settle(Console console, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long quiet = pace.sure().toNanos() / 2;
        while (System.nanoTime() - deadline < 0
                && console.exitCode().isEmpty()
                && (!console.screen().hasShown() || console.screen().quietNanos() < quiet)) {
            console.screen().await(50);
        }
        if (console.exitCode().isPresent()) {
            console.await(pace.grace());
        }
    }

    /** @param seconds to wait for its end; 0 for a look */
    ToolResult look(String name, int seconds) throws InterruptedException {
        Job job = jobs.get(name);
        if (job == null) {
            return unknown(name);
        }
        if (seconds > 0) {
            job.console().await(Duration.ofSeconds(seconds));
        }
        return told(name);
    }

    ToolResult input(String name, String text) throws IOException, InterruptedException {
        Job job = jobs.get(name);
        if (job == null) {
            return unknown(name);
        }
        if (job.console().exitCode().isPresent()) {
            return told(name);
        }
        job.console().type(text);
        if (text.equals(INTERRUPT)) {
            end(job.console());
        } else {
            settle(job.console(), pace.jobStart());
        }
        return told(name);
    }

    private void end(Console console) throws InterruptedException {
        long deadline = System.nanoTime() + pace.grace().toNanos();
        while (System.nanoTime() - deadline < 0 && console.exitCode().isEmpty()) {
            console.screen().await(50);
        }
        console.close(); // also what it left behind
        settle(console, pace.grace());
    }

    private ToolResult told(String name) {
        Job job = jobs.get(name);
        String output = job.console().screen().take();
        String shown = output.isEmpty() ? "(no new output)" : output;
        OptionalInt code = job.console().exitCode();
        return new ToolResult.Done(MainShell.below(
                shown,
                code.isPresent()
                        ? "[job " + name + " ended with exit code " + code.getAsInt() + "]"
                        : Template.of(Jobs.class, "job-runs.md")
                                .with(Map.of(
                                        "job",
                                        name,
                                        "look",
                                        arguments("job", name),
                                        "end",
                                        arguments("job", name, "input", "^C")))));
    }

    private ToolResult unknown(String name) {
        return new ToolResult.Failed("shell failed: there is no job " + name + ". "
                + (jobs.isEmpty() ? "No job was started." : "The jobs are: " + list() + "."));
    }

    /** Each with its state. */
    String list() {
        return jobs.entrySet().stream()
                .map(job -> job.getKey()
                        + (job.getValue().console().exitCode().isEmpty() ? " (runs: " : " (ended: ")
                        + job.getValue().command().lines().findFirst().orElse("") + ")")
                .collect(Collectors.joining(", "));
    }

    private static String arguments(String... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return JsonText.of(arguments);
    }

    @Override
    public void close() {
        jobs.values().forEach(job -> job.console().close());
    }
}
