package dev.bantam.testkit;

import dev.bantam.api.Sandbox;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs nothing: answers each command with what the test says, and remembers the commands. A terminal answers each line
 * that is typed like a command, and ends with the line {@code exit} and its answer's exit code.
 */
public final class FakeSandbox implements Sandbox {

    /** What a command prints, and its exit code. */
    public record Answer(int exitCode, String output) {}

    private final Function<String, Answer> answers;
    private final List<Command> commands = new ArrayList<>();

    public FakeSandbox(Function<String, Answer> answers) {
        this.answers = answers;
    }

    /** Every command succeeds silently. */
    public FakeSandbox() {
        this(line -> new Answer(0, ""));
    }

    public List<Command> commands() {
        return List.copyOf(commands);
    }

    @Override
    public String kind() {
        return "fake";
    }

    @Override
    public Outcome run(Command command, Consumer<ByteBuffer> output) {
        commands.add(command);
        Answer answer = answers.apply(command.line());
        output.accept(ByteBuffer.wrap(answer.output().getBytes(StandardCharsets.UTF_8)));
        return new Outcome.Exited(answer.exitCode(), Duration.ZERO);
    }

    @Override
    public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output) {
        commands.add(command);
        return new FakeTerminal(answers, output);
    }

    @Override
    public void close() {}
}
