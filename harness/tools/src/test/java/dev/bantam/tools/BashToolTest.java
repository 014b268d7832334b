package dev.bantam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Sandbox;
import dev.bantam.api.ToolResult;
import dev.bantam.testkit.FakeSandbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BashToolTest {
    @TempDir
    Path temporary;

    private ToolResult run(int exitCode, String output) throws Exception {
        return run(new FakeSandbox(line -> new FakeSandbox.Answer(exitCode, output)));
    }

    private ToolResult run(Sandbox sandbox) throws Exception {
        return new ToolBench(temporary, sandbox).call("bash", "command", "go");
    }

    /** A sandbox whose command prints bytes and ends in some way. */
    private record Scripted(Outcome outcome, byte[]... output) implements Sandbox {
        @Override
        public String kind() {
            return "scripted";
        }

        @Override
        public Outcome run(Command command, Consumer<ByteBuffer> listener) {
            for (byte[] chunk : output) {
                listener.accept(ByteBuffer.wrap(chunk));
            }
            return outcome;
        }

        @Override
        public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> listener) {
            throw new UnsupportedOperationException("bash opens no terminal");
        }

        @Override
        public void close() {}
    }

    @Test
    void showsTheOutputOfACommandThatSucceeds() throws Exception {
        assertThat(run(0, "hello\nworld\n")).isEqualTo(new ToolResult.Done("hello\nworld"));
        assertThat(run(0, "")).isEqualTo(new ToolResult.Done("(no output)"));
    }

    @Test
    void failsWithTheExitCode() throws Exception {
        assertThat(run(2, "oops\n")).isEqualTo(new ToolResult.Failed("oops\nexit code 2"));
        assertThat(run(1, "")).isEqualTo(new ToolResult.Failed("exit code 1"));
        assertThat(run(137, "")).isEqualTo(new ToolResult.Failed("exit code 137 (killed)"));
    }

    @Test
    void saysWhatToDoAtTheTimeLimit() throws Exception {
        ToolResult result =
                run(new Scripted(new Sandbox.Outcome.TimedOut(Duration.ofSeconds(30)), "so far\n".getBytes()));

        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        assertThat(result.content())
                .startsWith("so far\nStopped at the limit of 30 s")
                .contains("timeout_s (at most 600)")
                .contains("> out.log 2>&1 &");
    }

    @Test
    void clampsTheTimeLimitAndSaysSo() throws Exception {
        FakeSandbox sandbox = new FakeSandbox();
        ToolBench bench = new ToolBench(temporary, sandbox);

        assertThat(bench.text("bash", "command", "x")).isEqualTo("(no output)");
        assertThat(bench.text("bash", "command", "x", "timeout_s", 9000)).contains("[timeout_s 9000 was taken as 600]");
        bench.text("bash", "command", "x", "timeout_s", 0);

        assertThat(sandbox.commands())
                .extracting(Sandbox.Command::timeLimit)
                .containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(600), Duration.ofSeconds(1));
        assertThat(sandbox.commands().getFirst().folder()).isEqualTo(bench.root);
    }

    @Test
    void refusesAnEmptyCommand() throws Exception {
        assertThat(new ToolBench(temporary).call("bash", "command", " ")).isInstanceOf(ToolResult.Refused.class);
    }

    @Test
    void keepsTheHeadAndTheTailOfLongOutput() throws Exception {
        String output =
                IntStream.rangeClosed(1, 5000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

        String text = run(0, output).content();

        assertThat(text).startsWith("line 1\nline 2\n").contains("line 100\n[4,750 lines left out]\nline 4851\n");
        assertThat(text).contains("line 5000\n[full output: ");
        Path full = Path.of(text.substring(text.lastIndexOf(": ") + 2, text.length() - 1));
        assertThat(full).startsWith(temporary.resolve("scratch")).hasContent(output);
        assertThat(Files.getPosixFilePermissions(full.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void makesNoFileWhenEverythingIsShown() throws Exception {
        run(0, "short\n");

        assertThat(temporary.resolve("scratch")).doesNotExist();
    }

    @Test
    void foldsRepeatedLines() throws Exception {
        assertThat(run(0, "start\n" + "again\n".repeat(4313) + "end\n" + "twice\ntwice\n")
                        .content())
                .isEqualTo("start\nagain\n[previous line repeated 4,312 times]\nend\ntwice\ntwice");
    }

    @Test
    void boundsBytesNotOnlyLines() throws Exception {
        String text = run(
                        0,
                        ("x".repeat(3000) + "%d\n")
                                .repeat(100)
                                .lines()
                                .map(line -> line + System.nanoTime())
                                .collect(Collectors.joining("\n")))
                .content();

        assertThat(text).hasSizeLessThan(17_000).contains("lines left out");
        assertThat(run(0, "y".repeat(1_000_000)).content())
                .hasSizeLessThan(5_000)
                .contains("[996,000 more characters in this line]");
    }

    @Test
    void showsWhatATerminalWouldShow() throws Exception {
        assertThat(run(0, "\u001b[1;31mred\u001b[0m\u001b]0;title\u0007 text\u001b(B\n 10%\r 50%\r100%\r\nab\bc\n")
                        .content())
                .isEqualTo("red text\n100%\nac");
    }

    @Test
    void putsCharactersTogetherThatArriveInPieces() throws Exception {
        byte[] chicken = "🐓\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[][] pieces = new byte[chicken.length][];
        for (int i = 0; i < chicken.length; i++) {
            pieces[i] = new byte[] {chicken[i]};
        }

        assertThat(run(new Scripted(new Sandbox.Outcome.Exited(0, Duration.ZERO), pieces))
                        .content())
                .isEqualTo("🐓");
    }

    @Test
    void doesNotShowBinaryOutput() throws Exception {
        byte[] bytes = new byte[5000];
        new java.util.Random(1).nextBytes(bytes);

        assertThat(run(new Scripted(new Sandbox.Outcome.Exited(0, Duration.ZERO), bytes))
                        .content())
                .startsWith("[binary output, 4 KB]\n[full output: ");
    }

    @Test
    void keepsOnlyTheStartOfEndlessOutputInAFile() throws Exception {
        byte[] chunk = "0123456789abcde\n".repeat(1 << 16).getBytes();
        byte[][] output = Stream.generate(() -> chunk).limit(80).toArray(byte[][]::new);

        String text = run(new Scripted(new Sandbox.Outcome.Exited(0, Duration.ZERO), output))
                .content();

        assertThat(text).isEqualTo("0123456789abcde\n[previous line repeated 5,242,879 times]");
        try (Stream<Path> files = Files.list(temporary.resolve("scratch"))) {
            assertThat(Files.size(files.findFirst().orElseThrow())).isEqualTo(50L << 20);
        }
    }

    @Test
    void reportsASandboxThatCannotStart() throws Exception {
        Sandbox broken = new Sandbox() {
            @Override
            public String kind() {
                return "broken";
            }

            @Override
            public Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException {
                throw new IOException("The container could not be started. Run bantam doctor.");
            }

            @Override
            public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output) {
                throw new UnsupportedOperationException("bash opens no terminal");
            }

            @Override
            public void close() {}
        };

        assertThat(run(broken))
                .isEqualTo(
                        new ToolResult.Failed("bash failed: The container could not be started. Run bantam doctor."));
    }
}
