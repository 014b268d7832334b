package dev.bantam.testkit;

import dev.bantam.api.Sandbox;
import dev.bantam.testkit.FakeSandbox.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/** The terminal of a {@link FakeSandbox}: answers on the thread that types. */
final class FakeTerminal implements Sandbox.Terminal {
    private static final int HUNG_UP = 129;

    private final Function<String, Answer> answers;
    private final Consumer<ByteBuffer> output;
    private final StringBuilder typed = new StringBuilder();
    private OptionalInt exitCode = OptionalInt.empty();

    FakeTerminal(Function<String, Answer> answers, Consumer<ByteBuffer> output) {
        this.answers = answers;
        this.output = output;
    }

    @Override
    public void type(byte[] bytes) {
        typed.append(new String(bytes, StandardCharsets.UTF_8));
        for (int end = typed.indexOf("\n"); end >= 0 && exitCode.isEmpty(); end = typed.indexOf("\n")) {
            String line = typed.substring(0, end);
            typed.delete(0, end + 1);
            Answer answer = answers.apply(line);
            output.accept(ByteBuffer.wrap(answer.output().getBytes(StandardCharsets.UTF_8)));
            if (line.equals("exit")) {
                exitCode = OptionalInt.of(answer.exitCode());
            }
        }
    }

    @Override
    public void resize(int columns, int rows) {}

    @Override
    public OptionalInt exitCode() {
        return exitCode;
    }

    @Override
    public boolean await(Duration limit) {
        return exitCode.isPresent();
    }

    @Override
    public void close() {
        if (exitCode.isEmpty()) {
            exitCode = OptionalInt.of(HUNG_UP);
        }
    }
}
