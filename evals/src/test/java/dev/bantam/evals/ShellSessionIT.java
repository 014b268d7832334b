package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extension {@code shell-session} with a real terminal, and the programs that small models get stuck in. */
class ShellSessionIT {
    @TempDir
    Path folder;

    private List<String> results(Said... replies) throws Exception {
        return results("+shell-session", replies);
    }

    private List<String> results(String extensions, Said... replies) throws Exception {
        Packaged bantam = new Packaged(folder);
        Said[] all = Arrays.copyOf(replies, replies.length + 1);
        all[replies.length] = Said.text("Done.");
        Run run =
                bantam.run("-p", "Work.", "--json", "--sandbox", "none", "--ext", extensions, "-m", bantam.script(all));
        assertThat(run.exit()).as(run.err()).isZero();
        return run.results();
    }

    private static Said shell(Object... arguments) {
        return Said.call("shell", arguments);
    }

    private static Said command(String command) {
        return shell("command", command);
    }

    @Test
    void anUnfinishedCommandFailsAndLeavesTheShellAsItWas() throws Exception {
        List<String> read = results(
                "+shell-session,-permission", command("COLOUR=red"), command("if true; then"), command("echo $COLOUR"));

        assertThat(read.get(1)).startsWith("failed: ").contains("syntax error", "[exit code 2");
        assertThat(read.get(2)).startsWith("done: red");
    }

    @Test
    void keepsFolderVariablesAndFunctions() throws Exception {
        List<String> read = results(
                command("mkdir -p src && cd src && export COLOUR='deep red'; local_one=1; f() { echo \"f $1\"; }"),
                command("pwd; echo \"$COLOUR $local_one\"; f x; false"),
                command("cat <<'E'\nit's \"$COLOUR\"\nE"),
                command("echo $((1 +))"),
                command("exit 3"),
                command("echo \"<$COLOUR>\"; pwd"));

        assertThat(read.get(0)).isEqualTo("done: [exit code 0, in src]");
        assertThat(read.get(1)).startsWith("failed: ").endsWith("/src\ndeep red 1\nf x\n[exit code 1, in src]");
        assertThat(read.get(2)).isEqualTo("done: it's \"$COLOUR\"\n[exit code 0, in src]");
        assertThat(read.get(3)).startsWith("failed: ").contains("syntax error").endsWith("[exit code 1, in src]");
        assertThat(read.get(4))
                .contains("[The shell itself ended with exit code 3. The next command starts a new one in src");
        assertThat(read.get(5)).startsWith("done: <>\n").endsWith("/src\n[exit code 0, in src]");
    }

    @Test
    void endsOrAnswersProgramsThatAsk() throws Exception {
        List<String> read = results(
                command("export KEPT=yes"),
                command("printf 'Password: '; read -r secret; echo \"got $secret\""),
                command("printf 'Overwrite a? [y/N] '; read -r answer; echo \"got $answer\""),
                shell("input", "y"),
                command("printf '\\033[?1049h\\033[5;1Htext'; cat"),
                command("printf 'lines 1-20'; cat"),
                command("printf 'name> '; cat"),
                shell("command", "sleep 100", "timeout_s", 5),
                command("echo \"still here: $KEPT\""));

        assertThat(read.get(1)).startsWith("failed: Password:\n[It asked for a password and was ended");
        assertThat(read.get(2)).startsWith("done: Overwrite a? [y/N]\n[It waits for an answer.");
        assertThat(read.get(3)).isEqualTo("done: got y\n[exit code 0, in the workspace]");
        assertThat(read.get(4)).contains("[It took over the whole screen");
        assertThat(read.get(5)).startsWith("failed: lines 1-20\n[It showed its output in a pager");
        assertThat(read.get(6)).contains("[It waits for lines at its prompt.");
        assertThat(read.get(7))
                .contains("[The program that waited for input was ended.]")
                .contains("limit of 5 s");
        assertThat(read.get(8)).isEqualTo("done: still here: yes\n[exit code 0, in the workspace]");
    }

    @Test
    void runsJobsBesideTheShell() throws Exception {
        List<String> read = results(
                command("mkdir -p web; cd web; export WORD=hello"),
                shell(
                        "job",
                        "ticker",
                        "command",
                        "echo \"$WORD from $PWD\"; while read -r line; do echo \"heard $line\"; done"),
                shell("job", "ticker", "input", "one"),
                shell("job", "ticker"),
                shell("job", "short", "command", "sleep 4; echo over; exit 7"),
                shell("job", "short", "timeout_s", 30),
                shell("job", "ticker", "input", "^C"));

        assertThat(read.get(1)).startsWith("done: hello from ").contains("/web\n[job ticker runs.");
        assertThat(read.get(2)).contains("heard one\n[job ticker runs.");
        assertThat(read.get(3)).startsWith("done: (no new output)");
        assertThat(read.get(5)).isEqualTo("done: over\n[job short ended with exit code 7]");
        assertThat(read.get(6)).contains("[job ticker ended with exit code ");
    }

    @Test
    void leavesNothingRunningBehind() throws Exception {
        String marker = "bantam-left-" + System.nanoTime();
        results(
                command("sh -c 'while :; do sleep 1; done' " + marker + " & echo started"),
                shell("job", "one", "command", "sh -c 'while :; do sleep 1; done' " + marker));

        assertThat(ProcessHandle.allProcesses()
                        .map(ProcessHandle::info)
                        .map(info -> info.commandLine().orElse("")))
                .noneMatch(line -> line.contains(marker));
    }
}
