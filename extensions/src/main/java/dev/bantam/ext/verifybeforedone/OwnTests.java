package dev.bantam.ext.verifybeforedone;

import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The tests of this session: which they are, and how they went last. */
final class OwnTests {
    private static final int SHOWN = 4_000; // characters, from the end

    /** How {@code bash} ends what failed by itself; what was ended by a limit says nothing about the tests. */
    private static final Pattern EXITED = Pattern.compile("exit code \\d+\\s*$");

    private final ExtensionContext context;
    private final String configured;
    private String command = "";
    private Optional<ToolResult> last = Optional.empty(); // since anything may have changed

    OwnTests(ExtensionContext context) {
        this.context = context;
        this.configured = context.setting(VerifyBeforeDone.TESTS).strip();
    }

    /** @param output its end */
    record Failure(String command, String output) {}

    void note(Part.ToolCall call, ToolResult result) {
        String line = call.arguments().optionalText("command").orElse("").strip();
        Optional<String> ran = TestCommand.in(line);
        if (ran.isPresent() && !(result instanceof ToolResult.Refused)) {
            command = ran.get();
            boolean told = !(result instanceof ToolResult.Failed)
                    || EXITED.matcher(result.content()).find();
            last = Optional.of(result).filter(each -> told && line.equals(command)); // a pipe hides how it went
        } else if (new Change(call, result).possible()) {
            last = Optional.empty();
        }
    }

    /** Whether a call may have changed what the tests say. */
    private record Change(Part.ToolCall call, ToolResult result) {
        boolean possible() {
            Work work = new Work();
            work.note(call, result);
            return work.mayHaveChanged();
        }
    }

    /** How the tests fail as things stand; empty when they pass, or nothing can be said. */
    Optional<Failure> failure() {
        return switch (configured) {
            case VerifyBeforeDone.OFF -> Optional.empty();
            case VerifyBeforeDone.OWN ->
                command.isEmpty() ? Optional.empty() : last.isPresent() ? known() : run(command);
            default -> configured.equals(command) && last.isPresent() ? known() : run(configured);
        };
    }

    private Optional<Failure> known() {
        return last.filter(ToolResult.Failed.class::isInstance)
                .filter(failed -> !TestCommand.foundNone(failed.content()))
                .map(failed -> new Failure(command, end(failed.content())));
    }

    private Optional<Failure> run(String line) {
        CommandRun run = CommandRun.of(context, line, Duration.ofSeconds(context.setting(VerifyBeforeDone.TIMEOUT)));
        boolean none = run.ending() == CommandRun.Ending.FAILED && TestCommand.foundNone(run.output());
        CommandRun.Ending ending = none ? CommandRun.Ending.NOT_RUN : run.ending();
        context.decided("tests", ending.name().toLowerCase(Locale.ROOT), line);
        return switch (ending) {
            case FAILED -> Optional.of(new Failure(line, end(run.output())));
            case PASSED, OVER_LIMIT, NOT_RUN -> Optional.empty();
        };
    }

    private static String end(String output) {
        String text = output.strip();
        return text.length() <= SHOWN ? text : "[…] " + text.substring(text.length() - SHOWN);
    }
}
