package dev.bantam.tools;

import dev.bantam.api.Arguments;
import dev.bantam.api.Sandbox;
import dev.bantam.api.Schema;
import dev.bantam.api.Schema.Field;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import java.io.IOException;
import java.time.Duration;

/** Runs a command in the sandbox, and shows as much of its output as is worth its tokens. */
final class BashTool implements Tool {
    private static final int DEFAULT_SECONDS = 30;
    private static final int MAX_SECONDS = 600;
    private static final int KILLED = 128 + 9;

    private static final ToolSpec SPEC = ToolSpec.of(
                    "bash",
                    Tools.description("bash"),
                    Field.required("command", Schema.TEXT, "", "cmd", "script", "code", "command_line"),
                    Field.optional("timeout_s", Schema.WHOLE, "", "timeout", "timeout_seconds", "timeout_sec"))
            .alsoKnownAs(
                    "run_command",
                    "shell",
                    "execute_command",
                    "terminal",
                    "execute_bash",
                    "run_shell_command",
                    "run_terminal_cmd",
                    "run_bash",
                    "sh",
                    "exec");

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
        String line = arguments.text("command");
        if (line.isBlank()) {
            return new ToolResult.Refused("bash refused: the command is empty.");
        }
        int asked = arguments.wholeNumber("timeout_s").orElse(DEFAULT_SECONDS);
        int seconds = Math.clamp(asked, 1, MAX_SECONDS);
        try (CommandOutput output = new CommandOutput(context.scratch())) {
            Sandbox.Outcome outcome = context.sandbox()
                    .run(new Sandbox.Command(line, context.workspace().root(), Duration.ofSeconds(seconds)), output);
            String note = seconds == asked ? "" : "\n[timeout_s " + asked + " was taken as " + seconds + "]";
            return result(outcome, output.text() + note, seconds);
        } catch (Sandbox.RefusedException e) {
            return new ToolResult.Refused("bash refused: " + e.getMessage());
        } catch (IOException e) {
            return new ToolResult.Failed("bash failed: " + e.getMessage());
        }
    }

    private static ToolResult result(Sandbox.Outcome outcome, String output, int seconds) {
        return switch (outcome) {
            case Sandbox.Outcome.Exited(int code, Duration took)
            when code == 0 -> new ToolResult.Done(output.isEmpty() ? "(no output)" : output);
            case Sandbox.Outcome.Exited(int code, Duration took) ->
                new ToolResult.Failed(below(output, "exit code " + code + (code == KILLED ? " (killed)" : "")));
            case Sandbox.Outcome.TimedOut(Duration took) ->
                new ToolResult.Failed(below(
                        output,
                        "Stopped at the limit of " + seconds + " s; the command was ended, with what it had started."
                                + " If it needs longer, set timeout_s (at most " + MAX_SECONDS
                                + "). If it never ends, like a server, run it in the background:"
                                + " COMMAND > out.log 2>&1 &"));
            case Sandbox.Outcome.OutOfMemory(Duration took) ->
                new ToolResult.Failed(below(
                        output,
                        "Ended because it used more memory than the sandbox gives. Make it use less, such as"
                                + " fewer parallel jobs."));
        };
    }

    private static String below(String output, String last) {
        return output.isEmpty() ? last : output + "\n" + last;
    }
}
