package dev.bantam.ext.verifybeforedone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Sandbox;
import dev.bantam.ext.Rig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files and real parsers. What a machine may lack is asked for by name, and a stand-in is put in its place. */
class SyntaxCheckTest {
    @TempDir
    Path folder;

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("a.json", "{\"a\": [1, 2}", "line 1: '}' is not expected here"),
                Arguments.of("b.json", "{\"a\": 'x'}", "line 1: ''' is not expected here"),
                Arguments.of("c.json", "{\n\"a\": 1", "line 2: the end of the file is not expected here"),
                Arguments.of("a.xml", "<a>\n<b></a>", "line 2: "),
                Arguments.of("A.java", "class A {\n  void f() { return 1 }\n}\n", "line 2: ';' expected"),
                Arguments.of("a.sh", "if true; then\n", "line "),
                Arguments.of("it's.sh", "if true; then\n", "line "));
    }

    static Stream<Arguments> sound() {
        return Stream.of(
                Arguments.of("a.json", "{\"a\": [1, -2.5e3, true, null, \"\\u00e9\\n\"], \"b\": {}}\n"),
                Arguments.of("b.json", "[]"),
                Arguments.of("tsconfig.json", "{ // comment\n}"),
                Arguments.of("a.xml", "<!DOCTYPE a SYSTEM \"http://nowhere.invalid/a.dtd\"><a/>"),
                Arguments.of("A.java", "class B extends Missing { Unknown x = null; }\n"),
                Arguments.of("a.sh", "echo ok\n"),
                Arguments.of("a.txt", "{"),
                Arguments.of("Makefile", "{"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void tellsTheFault(String name, String content, String fault) {
        Rig rig = done(name, content);

        assertThat(rig.lastRead())
                .startsWith("You are not done: " + name + " cannot be parsed.\n")
                .contains(fault);
    }

    @ParameterizedTest
    @MethodSource("sound")
    void saysNothingOfWhatParses(String name, String content) {
        assertThat(done(name, content).decisions()).isEmpty();
    }

    /** Which of these a machine has differs; what each would be asked, and how its answer is read, does not. */
    @ParameterizedTest
    @MethodSource("languages")
    void asksTheLanguagesOwnParser(String name, String program, String complaint, boolean fault) {
        StandIn standIn = new StandIn(1, complaint);
        Rig rig = done(name, "x", standIn);

        assertThat(standIn.line)
                .startsWith("if command -v " + program + " >/dev/null 2>&1; then " + program + " ")
                .contains("'./" + name + "'");
        assertThat(rig.decisions().contains("verify-before-done turn nudge")).isEqualTo(fault);
    }

    static Stream<Arguments> languages() {
        return Stream.of(
                Arguments.of("a.py", "python3", "  File \"./a.py\", line 1\nSyntaxError: invalid syntax", true),
                Arguments.of("a.py", "python3", "IndentationError: unexpected indent", true),
                Arguments.of("a.py", "python3", "Fatal Python error: no memory", false),
                Arguments.of("a.js", "node", "SyntaxError: Unexpected token ')'", true),
                Arguments.of("a.js", "node", "SyntaxError: Cannot use import statement outside a module", false),
                Arguments.of("a.js", "node", "SyntaxError: Unexpected token '<'", false),
                Arguments.of("a.go", "gofmt", "./a.go:3:1: expected declaration", true),
                Arguments.of("a.c", "gcc", "./a.c:1:19: error: expected ';' before '}' token", true),
                Arguments.of("a.c", "gcc", "./a.c:1:1: error: unknown type name 'T'\na.c:2: error: expected x", false),
                Arguments.of("a.c", "gcc", "./a.c:1:10: fatal error: x.h: No such file or directory", false),
                Arguments.of("a.cpp", "g++", "./a.cpp:2:1: error: expected '}' at end of input", true),
                Arguments.of("a.rb", "ruby", "a.rb:1: syntax error, unexpected end", true),
                Arguments.of("a.php", "php", "PHP Parse error:  syntax error", true));
    }

    @Test
    void aParserThatIsMissingOrTooSlowSaysNothing() {
        StandIn none = new StandIn(127, "not found");
        assertThat(done("a.py", "def", none).decisions()).isEmpty();
        assertThat(none.limit).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void parsingWritesNothing() throws IOException {
        done("A.java", "class A {}\n");
        done("a.sh", "echo\n");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("A.java", "a.sh");
        }
    }

    private Rig done(String name, String content) {
        return done(name, content, new Shell(folder));
    }

    private Rig done(String name, String content, Sandbox sandbox) {
        Rig rig = new Rig(folder).with(new VerifyBeforeDone()).commandsIn(sandbox);
        rig.model.calls("write", "path", name, "content", content).says("Done.").says("It is meant to be so.");
        rig.run("Write " + name + ".");
        return rig;
    }

    /** Runs commands for real. */
    private record Shell(Path folder) implements Sandbox {
        @Override
        public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output) {
            throw new UnsupportedOperationException("checks run commands to their end");
        }

        @Override
        public String kind() {
            return "shell";
        }

        @Override
        public Outcome run(Command command, Consumer<ByteBuffer> output) throws IOException, InterruptedException {
            Process process = new ProcessBuilder("bash", "-c", command.line())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            output.accept(ByteBuffer.wrap(process.getInputStream().readAllBytes()));
            return new Outcome.Exited(process.waitFor(), Duration.ZERO);
        }

        @Override
        public void close() {}
    }

    /** Answers in place of a program. */
    private static final class StandIn implements Sandbox {
        private final int code;
        private final String output;
        private String line = "";
        private Duration limit = Duration.ZERO;

        StandIn(int code, String output) {
            this.code = code;
            this.output = output;
        }

        @Override
        public Terminal open(Command command, int columns, int rows, Consumer<ByteBuffer> output) {
            throw new UnsupportedOperationException("checks run commands to their end");
        }

        @Override
        public String kind() {
            return "stand-in";
        }

        @Override
        public Outcome run(Command command, Consumer<ByteBuffer> out) {
            line = command.line();
            limit = command.timeLimit();
            out.accept(ByteBuffer.wrap(output.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            return new Outcome.Exited(code, Duration.ZERO);
        }

        @Override
        public void close() {}
    }
}
