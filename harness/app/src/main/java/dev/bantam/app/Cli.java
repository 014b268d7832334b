package dev.bantam.app;

import dev.bantam.app.sessions.SessionChoice;
import dev.bantam.app.sessions.SessionFolder;
import dev.bantam.app.setup.Configuration;
import dev.bantam.app.setup.HasOptions;
import dev.bantam.app.setup.Invocation;
import dev.bantam.app.setup.Notices;
import dev.bantam.app.setup.RunOptions;
import dev.bantam.app.setup.Version;
import dev.bantam.core.settings.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line without a subcommand: an interactive session, or with {@code -p} a headless run. */
@Command(
        name = "bantam",
        sortOptions = false,
        usageHelpWidth = 100,
        versionProvider = Version.class,
        header = "A terminal coding agent for small local models, with the model in its own process.",
        synopsisHeading = "%nUsage: ",
        customSynopsis = {"bantam [PROMPT]", "       bantam -p PROMPT [--json]", "       bantam COMMAND"},
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Settings: ~/.config/bantam/settings.json (bantam settings lists them).",
            "Exit codes: 0 completed, 1 failed, 2 bad usage or settings, 3 stopped by a limit, 130 interrupted."
        })
final class Cli implements Callable<Integer>, HasOptions {
    private final Invocation invocation;

    @Option(
            names = {"-p", "--print"},
            paramLabel = "PROMPT",
            arity = "0..1",
            fallbackValue = "",
            description = "Run to the end without asking; the answer on standard output.")
    private String print;

    @Option(names = "--json", description = "With -p: one JSON event a line on standard output.")
    private boolean json;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            description = "With -p: text, or json and stream-json, which both mean --json.")
    private String outputFormat;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Parameters(paramLabel = "PROMPT", arity = "0..*", description = "What to begin with.")
    private List<String> words = new ArrayList<>();

    Cli(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public RunOptions options() {
        return options;
    }

    @Override
    public Integer call() throws Exception {
        NotYet.check(words);
        boolean asJson = json || wantsJson();
        if (asJson && print == null) {
            throw new ConfigException("--json needs -p: an interactive session prints no events");
        }
        if (options.escalate != null && !options.escalate.equals("never")) {
            throw new ConfigException("--escalate " + options.escalate
                    + " is not available yet: this version never hands a task to another model");
        }
        SessionChoice.check(options);
        SessionFolder.enter(options, invocation);
        Configuration configuration = Configuration.of(options, invocation);
        Notices.readableKeys(configuration.places().settings()).ifPresent(invocation::say);
        String prompt = String.join(" ", words);
        if (print != null) {
            String whole = print.isEmpty() ? prompt : (print + " " + prompt).strip();
            return new HeadlessRun(invocation, configuration, options, asJson).run(whole);
        }
        return new InteractiveRun(invocation, configuration, options).run(prompt);
    }

    private boolean wantsJson() throws ConfigException {
        return switch (outputFormat) {
            case null -> false;
            case "text" -> false;
            case "json", "stream-json" -> true;
            default ->
                throw new ConfigException("--output-format is text, json or stream-json, not \"" + outputFormat + "\"");
        };
    }
}
