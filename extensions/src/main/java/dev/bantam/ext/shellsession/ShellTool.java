package dev.bantam.ext.shellsession;

import dev.bantam.api.Arguments;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.util.Optional;

/** The tool {@code shell}. */
final class ShellTool implements Tool {
    static final String NAME = "shell";

    private static final int USUAL_SECONDS = 30;
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 600;

    private static final ToolSpec SPEC = ToolSpec.of(
                    NAME,
                    Template.of(ShellTool.class, "shell.md").text(),
                    Field.optional("command", Schema.TEXT, "", "cmd", "script", "code"),
                    Field.optional("input", Schema.TEXT, "", "stdin", "keys", "text", "answer"),
                    Field.optional("job", Schema.TEXT, "", "name", "job_name", "background", "id"),
                    Field.optional("timeout_s", Schema.WHOLE, "", "timeout", "timeout_seconds", "wait"))
            .alsoKnownAs("shell_session", "terminal_session", "persistent_shell");

    private final MainShell shell;
    private final Jobs jobs;

    ShellTool(MainShell shell, Jobs jobs) {
        this.shell = shell;
        this.jobs = jobs;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public ToolResult run(Arguments arguments, ToolContext context) throws InterruptedException {
        Optional<String> command = arguments.optionalText("command").filter(text -> !text.isBlank());
        Optional<String> input = arguments.optionalText("input");
        Optional<String> job = arguments.optionalText("job").map(String::strip).filter(text -> !text.isEmpty());
        int asked = arguments.wholeNumber("timeout_s").orElse(USUAL_SECONDS);
        int seconds = Math.clamp(asked, LEAST_SECONDS, MOST_SECONDS);
        if (command.isPresent() && input.isPresent()) {
            return new ToolResult.Refused("shell refused: give command or input, not both. Nothing was run. Input for a"
                    + " command comes in the next call, when it asks.");
        }
        try {
            if (job.isPresent()) {
                boolean waits = arguments.wholeNumber("timeout_s").isPresent();
                return command.isPresent()
                        ? jobs.start(job.get(), command.get())
                        : input.isPresent()
                                ? jobs.input(job.get(), keys(input.get()))
                                : jobs.look(job.get(), waits ? seconds : 0);
            }
            return command.isPresent()
                    ? shell.run(command.get(), seconds)
                    : input.isPresent() ? shell.input(keys(input.get()), seconds) : nothing();
        } catch (IOException e) {
            return new ToolResult.Failed("shell failed: " + e.getMessage());
        }
    }

    private ToolResult nothing() {
        return new ToolResult.Refused("shell refused: give a command, such as {\"command\": \"ls\"}."
                + (jobs.list().isEmpty() ? "" : " The jobs are: " + jobs.list() + "."));
    }

    /** A line ends with a line break; a key with Ctrl is written as a terminal shows it. */
    private static String keys(String input) {
        return switch (input.strip()) {
            case "^C", "^c", "\3" -> "\3";
            case "^D", "^d", "\4" -> "\4";
            default -> input.endsWith("\n") ? input : input + "\n";
        };
    }
}
