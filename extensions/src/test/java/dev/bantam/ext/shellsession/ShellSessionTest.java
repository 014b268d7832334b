package dev.bantam.ext.shellsession;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Event;
import dev.bantam.api.Sandbox;
import dev.bantam.api.ToolSpec;
import dev.bantam.ext.Rig;
import dev.bantam.testkit.FakeSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the whole loop with a shell that is only pretended; evals drives it with a real one. */
class ShellSessionTest {
    private static final Pace QUICK = new Pace(
            Duration.ofMillis(60),
            Duration.ofMillis(150),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofMillis(300));

    @TempDir
    Path folder;

    private PretendedShell shell;

    @BeforeEach
    void pretend() {
        shell = new PretendedShell(folder.toString());
    }

    private Rig rig() {
        return new Rig(folder).with(new ShellSession(QUICK)).sandbox(new FakeSandbox(shell));
    }

    /** What the model reads after each of these commands. */
    private List<String> ran(Rig rig, String... commands) {
        for (String command : commands) {
            rig.model.calls("shell", "command", command);
        }
        rig.model.says("Done.");
        rig.run("Work.");
        return results(rig);
    }

    private static List<String> results(Rig rig) {
        return rig.events(Event.ToolFinished.class).stream()
                .map(event -> event.result().status() + ": " + event.result().content())
                .toList();
    }

    @Test
    void isOffUntilItIsWanted() {
        assertThat(new ShellSession().onByDefault()).isFalse();
        Rig rig = new Rig(folder);
        rig.model.says("Hello.");
        rig.run("Hello.");
        assertThat(rig.model.lastRequest().tools().stream().map(ToolSpec::name)).doesNotContain("shell");
    }

    @Test
    void keepsOneShellAndTellsExitCodeAndFolder() {
        Rig rig = rig();
        shell.on("make", 2, "no rule\r\n");

        assertThat(ran(rig, "cd " + folder + "/src", "make", "true"))
                .containsExactly(
                        "done: [exit code 0, in src]",
                        "failed: no rule\n[exit code 2, in src]",
                        "done: [exit code 0, in src]");
        assertThat(rig.sandbox.commands()).as("terminals opened").hasSize(1);
    }

    @Test
    void sendsLongCommandsInLinesThatATerminalTakes() {
        String command = "cat > a <<'E'\n" + "it's a \"line\" of $text\n".repeat(500) + "E";

        ran(rig(), command);

        assertThat(shell.ran).containsExactly(command);
        assertThat(Protocol.run("nonce", command).lines()).allMatch(line -> line.length() < 4_095);
    }

    @Test
    void cleansFoldsAndShortensWhatTheTerminalShows() {
        String many =
                IntStream.range(0, 1_000).mapToObj(i -> "line " + i + "\r\n").reduce("", String::concat);
        shell.on("colours", 0, "\u001B[31mred\u001B[0m \u001B]0;title\u0007text\r\n 10%\r 50%\r100%\r\nab\bc\r\n")
                .on("same", 0, "again\r\n".repeat(500))
                .on("many", 0, many)
                .on("200", 0, IntStream.range(0, 200).mapToObj(i -> i + "\r\n").reduce("", String::concat));
        Rig rig = rig();

        List<String> read = ran(rig, "colours", "same", "many", "200");

        assertThat(read.get(0)).isEqualTo("done: red text\n100%\nac\n[exit code 0, in the workspace]");
        assertThat(read.get(1))
                .isEqualTo("done: again\n[previous line repeated 499 times]\n[exit code 0, in the workspace]");
        assertThat(read.get(2))
                .contains("line 99\n[850 lines left out]\nline 950\n")
                .hasLineCount(152);
        assertThat(read.get(3)).hasLineCount(201).doesNotContain("left out");
    }

    @Test
    void endsWhatAsksForAPasswordWithAdvice() {
        shell.asks("sudo make install", "[sudo] password for me: ");
        Rig rig = rig();

        List<String> read = ran(rig, "sudo make install", "true");

        assertThat(read.get(0))
                .startsWith(
                        "failed: [sudo] password for me:\n[It asked for a password and was ended: nobody can type one.");
        assertThat(read.get(1)).isEqualTo("done: [exit code 0, in the workspace]");
        assertThat(rig.decisions()).contains("shell-session shell ended");
    }

    @Test
    void letsAQuestionBeAnswered() {
        shell.asks("rm -i a", "rm: remove regular file 'a'? (y/n) ");
        Rig rig = rig();
        rig.model
                .calls("shell", "command", "rm -i a")
                .calls("shell", "input", "y")
                .calls("shell", "input", "y")
                .says("Done.");
        rig.run("Remove a.");

        assertThat(results(rig).get(0))
                .contains("(y/n)\n[It waits for an answer. Give one with shell {\"input\": \"y\"}");
        assertThat(results(rig).get(1)).isEqualTo("done: y\nthank you\n[exit code 0, in the workspace]");
        assertThat(results(rig).get(2)).startsWith("refused: shell refused: no program waits for input.");
        assertThat(shell.typed).containsExactly("y");
    }

    @Test
    void theNextCommandEndsAProgramThatStillWaits() {
        shell.asks("python3", "Python 3.14\r\n>>> ");
        Rig rig = rig();

        List<String> read = ran(rig, "python3", "echo");

        assertThat(read.get(0)).contains(">>>\n[It waits for lines at its prompt.");
        assertThat(shell.ran).containsExactly("python3", "echo");
        assertThat(read.get(1))
                .isEqualTo("done: [The program that waited for input was ended.]\n[exit code 0, in the workspace]");
    }

    @Test
    void honestOutputThatLooksABitLikeAPromptIsNotEnded() {
        for (String line : List.of(
                "Downloading 50% ", "compiling foo: ", "#### ", "Test 3 of 10 ... ", "Is it done? yes", "a > b")) {
            Screen screen = new Screen("x");
            screen.accept(java.nio.ByteBuffer.wrap(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            Pace atOnce = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
            assertThat(Asking.on(screen, atOnce)).as(line).isEmpty();
        }
    }

    @Test
    void stopsACommandAtItsLimitAndSaysHowToGoOn() {
        shell.asks("npm start", "listening\r\n"); // it does not end
        Rig rig = rig();
        rig.model.calls("shell", "command", "npm start", "timeout_s", 1).says("Done.");
        long start = System.nanoTime();

        rig.run("Start it.");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("clamped to 5 s")
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(12));
        assertThat(results(rig).getFirst())
                .startsWith("failed: listening\n[Stopped at the limit of 5 s.")
                .contains("shell {\"command\": \"npm start\", \"job\": \"NAME\"}");
        assertThat(rig.decisions()).contains("shell-session shell ended");
    }

    @Test
    void runsJobsInTheBackgroundInTheShellsFolder() {
        FakeSandbox sandbox = new FakeSandbox(shell);
        Rig rig = rig().sandbox(sandbox);
        rig.model
                .calls("shell", "command", "cd " + folder + "/web")
                .calls("shell", "job", "server", "command", "npm start")
                .calls("shell", "job", "server", "command", "npm start")
                .calls("shell", "job", "other")
                .calls("shell", "job", "server", "input", "^C")
                .calls("shell", "job", "server")
                .says("Done.");
        rig.run("Start the server.");

        assertThat(sandbox.commands())
                .last()
                .extracting(Sandbox.Command::line)
                .isEqualTo("cd -- '" + folder + "/web' || exit 1\nnpm start");
        assertThat(results(rig).get(1))
                .isEqualTo(
                        "done: (no new output)\n[job server runs. Its new output: shell {\"job\": \"server\"}. To end it:"
                                + " shell {\"job\": \"server\", \"input\": \"^C\"}]");
        assertThat(results(rig).get(2)).startsWith("refused: shell refused: the job server still runs (npm start).");
        assertThat(results(rig).get(3))
                .startsWith("failed: shell failed: there is no job other. The jobs are: server (runs:");
        assertThat(results(rig).get(4)).contains("[job server ended with exit code 129]");
        assertThat(results(rig).get(5)).isEqualTo("done: (no new output)\n[job server ended with exit code 129]");
    }

    @Test
    void carriesOnlyVariablesThatWereExportedInTheShell() {
        assertThat(Protocol.exports("declare -x A=\"1\ntwo\"\ndeclare -x PWD=\"/\"\nexport B='x'\nrubbish"))
                .containsExactly("declare -x A=\"1\ntwo\"", "export B='x'\nrubbish");
        assertThat(Protocol.job(
                        List.of("export B='x'").stream().collect(java.util.stream.Collectors.toSet()), "/it's", "go"))
                .isEqualTo("export B='x'\ncd -- '/it'\\''s' || exit 1\ngo");
    }

    @Test
    void anEndedSessionLeavesNoTerminalAndTwoShareNothing() {
        Rig first = rig();
        ran(first, "cd " + folder + "/src");
        shell = new PretendedShell(folder.toString());
        Rig second = rig();

        assertThat(ran(second, "true")).containsExactly("done: [exit code 0, in the workspace]");
        first.close();
        second.close();
    }
}
