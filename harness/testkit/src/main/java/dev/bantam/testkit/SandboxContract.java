package dev.bantam.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.Sandbox;
import dev.bantam.api.Sandbox.Command;
import dev.bantam.api.Sandbox.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Sandbox} must keep. Its commands see the workspace under the path that the host knows it by. */
@Timeout(120)
public abstract class SandboxContract {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(1500);

    /** What a sandbox may show of the world, besides its own variables. */
    private static final Set<String> HARMLESS = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TMPDIR",
            "JAVA_HOME",
            "TERM",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_");

    @TempDir
    Path temporary;

    private Path workspace;
    private Sandbox sandbox;

    /** A sandbox for this workspace; closed by the contract. */
    protected abstract Sandbox open(Path workspace) throws IOException;

    /** Variables that this sandbox passes or sets beside the usual harmless ones. */
    protected abstract Set<String> ownVariables();

    /** Called for what the contract makes in the workspace, for a sandbox whose commands run as somebody else. */
    protected void handOver(Path made) throws IOException {}

    @BeforeEach
    void openSandbox() throws IOException {
        workspace = Files.createDirectory(temporary.resolve("a workspace")).toRealPath();
        sandbox = open(workspace);
    }

    @AfterEach
    void closeSandbox() {
        sandbox.close();
    }

    /** How a command ended and all that it printed. */
    protected record Run(Outcome outcome, String output) {}

    protected final Run run(String line) throws IOException, InterruptedException {
        return run(new Command(line, workspace, LONG));
    }

    protected final Run run(Command command) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = sandbox.run(command, bytes -> append(output, bytes));
        return new Run(outcome, output.toString(StandardCharsets.UTF_8));
    }

    private static void append(ByteArrayOutputStream output, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        output.writeBytes(copy);
    }

    private static int exitCode(Run run) {
        return run.outcome() instanceof Outcome.Exited exited ? exited.code() : -1;
    }

    @Test
    void tellsTheExitCode() throws Exception {
        assertThat(exitCode(run("true"))).isZero();
        assertThat(exitCode(run("exit 7"))).isEqualTo(7);
        assertThat(exitCode(run("no-such-program-at-all"))).isEqualTo(127);
        assertThat(exitCode(run("if then"))).isNotZero();
    }

    @Test
    void mergesStandardOutputAndErrorInOrder() throws Exception {
        assertThat(run("echo one; echo two >&2; echo three").output()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void runsInTheGivenFolder() throws Exception {
        Path folder = Files.createDirectory(workspace.resolve("ünter folder"));
        handOver(folder);

        Run run = run(new Command("pwd; echo made > here", folder, LONG));

        assertThat(run.output()).isEqualTo(folder + "\n");
        assertThat(folder.resolve("here")).hasContent("made");
    }

    @Test
    void carriesUnicodeAndQuotesBothWays() throws Exception {
        assertThat(run("printf '%s\\n' 'grüße 日本 🐓 \"quoted\" $HOME'").output())
                .isEqualTo("grüße 日本 🐓 \"quoted\" $HOME\n");
    }

    @Test
    void givesNothingToReadOnStandardInput() throws Exception {
        Run run = run("cat; echo read $?");

        assertThat(run.output()).isEqualTo("read 0\n");
    }

    @Test
    void runsACommandLongerThanOneArgumentMayBe() throws Exception {
        String text = "x".repeat(300_000);

        assertThat(exitCode(run("cat > long.txt <<'END'\n" + text + "\nEND\n"))).isZero();
        assertThat(workspace.resolve("long.txt")).hasSize(300_001);
    }

    @Test
    void showsNoVariableThatItDoesNotName() throws Exception {
        Set<String> shown = run("env -0").output().transform(all -> Set.of(all.split("\0"))).stream()
                .map(entry -> entry.substring(0, entry.indexOf('=')))
                .filter(name -> !name.startsWith("LC_"))
                .collect(Collectors.toCollection(TreeSet::new));

        shown.removeAll(HARMLESS);
        shown.removeAll(ownVariables());
        assertThat(shown).isEmpty();
    }

    @Test
    void setsTheVariablesOfTheCommand() throws Exception {
        Run run = run(new Command("echo \"$GREETING\"", workspace, LONG, Map.of("GREETING", "hello you")));

        assertThat(run.output()).isEqualTo("hello you\n");
    }

    @Test
    void endsTheWholeTreeAtTheTimeLimit() throws Exception {
        String loop = "while :; do echo alive >> %s; sleep 0.1; done";
        Run run = run(new Command(
                "trap '' TERM HUP; "
                        + "setsid sh -c '" + loop.formatted("session") + "' & "
                        + "nohup sh -c '" + loop.formatted("nohup") + "' >/dev/null 2>&1 & "
                        + "(setsid sh -c '(trap \"\" TERM; " + loop.formatted("twice") + ") &' &) ; "
                        + loop.formatted("itself"),
                workspace,
                SHORT));

        assertThat(run.outcome()).isInstanceOf(Outcome.TimedOut.class);
        for (String name : new String[] {"session", "nohup", "twice", "itself"}) {
            assertThat(workspace.resolve(name)).isNotEmptyFile();
            assertNothingWrites(workspace.resolve(name));
        }
    }

    @Test
    void leavesNothingBehindWhenInterrupted() throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread user = Thread.ofPlatform().start(() -> {
            try {
                run("(while :; do echo alive >> child; sleep 0.1; done) & touch started; sleep 1000");
            } catch (Exception e) {
                end.set(e);
            }
        });
        awaitFile(workspace.resolve("started"));
        awaitFile(workspace.resolve("child"));

        user.interrupt();
        user.join(10_000);

        assertThat(user.isAlive()).isFalse();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertNothingWrites(workspace.resolve("child"));
    }

    @Test
    void boundsEndlessOutputByTheTimeLimitAndNotByMemory() throws Exception {
        AtomicLong bytes = new AtomicLong();

        Outcome outcome =
                sandbox.run(new Command("yes", workspace, SHORT), chunk -> bytes.addAndGet(chunk.remaining()));

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        assertThat(bytes.get()).isGreaterThan(1_000_000);
    }

    @Test
    void deliversAHundredMegabytesToTheLastByte() throws Exception {
        AtomicLong bytes = new AtomicLong();

        Outcome outcome = sandbox.run(
                new Command("head -c 100000000 /dev/zero", workspace, LONG),
                chunk -> bytes.addAndGet(chunk.remaining()));

        assertThat(outcome).isInstanceOf(Outcome.Exited.class);
        assertThat(bytes.get()).isEqualTo(100_000_000);
    }

    @Test
    void doesNotWaitForABackgroundProcessThatHoldsTheOutput() throws Exception {
        Run run = run("sleep 1000 & echo started");

        assertThat(run.output()).isEqualTo("started\n");
        assertThat(run.outcome().took()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void keepsABackgroundProcessAliveUntilItIsClosed() throws Exception {
        run("(while :; do echo printed; echo alive >> server; sleep 0.05; done) &");
        long atFirst = awaitFile(workspace.resolve("server"));

        Thread.sleep(500);
        assertThat(Files.size(workspace.resolve("server"))).isGreaterThan(atFirst);

        sandbox.close();
        assertNothingWrites(workspace.resolve("server"));
    }

    @Test
    void callsTheListenerNoMoreOnceACommandHasEnded() throws Exception {
        AtomicLong calls = new AtomicLong();
        sandbox.run(
                new Command("(while :; do echo more; sleep 0.02; done) & echo end", workspace, LONG),
                chunk -> calls.incrementAndGet());
        long atTheEnd = calls.get();

        Thread.sleep(300);

        assertThat(calls.get()).isEqualTo(atTheEnd);
    }

    @Test
    void runsAHundredCommandsInARow() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(run("echo " + i).output()).isEqualTo(i + "\n");
        }
    }

    @Test
    void startsNothingOnceItIsClosed() {
        sandbox.close();

        assertThatThrownBy(() -> run("touch late")).isInstanceOf(IOException.class);
        assertThat(workspace.resolve("late")).doesNotExist();
    }

    @Test
    void saysThatAFolderIsMissing() {
        Path gone = workspace.resolve("gone");

        assertThatThrownBy(() -> run(new Command("true", gone, LONG)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(gone.toString());
    }

    @Test
    void opensATerminalThatEchoesAndReadsALine() throws Exception {
        Screen screen = new Screen();
        String ask = "test -t 0 && test -t 1 && printf 'name? '; read -r name; echo \"hello $name\"; exit 5";
        try (Sandbox.Terminal terminal = open(ask, LONG, screen)) {
            screen.await("name? ");
            assertThat(terminal.exitCode()).isEmpty();

            type(terminal, "ada\n");

            assertThat(terminal.await(LONG)).isTrue();
            assertThat(screen.text()).isEqualTo("name? ada\r\nhello ada\r\n");
            assertThat(terminal.exitCode()).hasValue(5);
        }
    }

    @Test
    void endsWhatRunsInATerminalOnControlC() throws Exception {
        Screen screen = new Screen();
        try (Sandbox.Terminal terminal = open("trap 'echo caught; exit 4' INT; echo ready; sleep 1000", LONG, screen)) {
            screen.await("ready");

            type(terminal, "\3");

            assertThat(terminal.await(LONG)).isTrue();
            assertThat(terminal.exitCode()).hasValue(4);
            assertThat(screen.text()).contains("caught");
        }
    }

    @Test
    void tellsATerminalsSizeAndItsChanges() throws Exception {
        Screen screen = new Screen();
        try (Sandbox.Terminal terminal = open(
                "stty size; read -r go; stty size; trap 'stty size; exit' WINCH; echo set; while :; do sleep 0.1; done",
                LONG,
                screen)) {
            screen.await("24 80");

            terminal.resize(100, 30);
            type(terminal, "\n");
            screen.await("set");
            terminal.resize(101, 31);

            assertThat(terminal.await(LONG)).isTrue();
            assertThat(screen.text()).contains("30 100").contains("31 101");
        }
    }

    @Test
    void keepsAShellInATerminalFromLineToLine() throws Exception {
        Screen screen = new Screen();
        try (Sandbox.Terminal terminal = open("exec sh", LONG, screen)) {
            type(terminal, "cd /; greeting=hey\n");
            type(terminal, "echo \"<$greeting from $PWD>\"\n");
            screen.await("<hey from />");

            type(terminal, "exit 3\n");

            assertThat(terminal.await(LONG)).isTrue();
            assertThat(terminal.exitCode()).hasValue(3);
        }
    }

    @Test
    void endsTheWholeTreeOfATerminalThatIsClosed() throws Exception {
        Screen screen = new Screen();
        Sandbox.Terminal terminal = open(ENDLESS, LONG, screen);
        awaitFile(workspace.resolve("session"));
        awaitFile(workspace.resolve("itself"));

        terminal.close();

        assertNothingWrites(workspace.resolve("session"));
        assertNothingWrites(workspace.resolve("itself"));
        assertThat(terminal.await(LONG)).isTrue();
        assertThat(terminal.exitCode().orElseThrow()).isNotZero();
        assertThatThrownBy(() -> type(terminal, "late\n")).isInstanceOf(IOException.class);
    }

    @Test
    void endsTheWholeTreeOfATerminalAtTheTimeLimit() throws Exception {
        try (Sandbox.Terminal terminal = open(ENDLESS, SHORT, new Screen())) {
            assertThat(terminal.await(LONG)).isTrue();

            assertThat(terminal.exitCode().orElseThrow()).isNotZero();
            assertNothingWrites(workspace.resolve("session"));
            assertNothingWrites(workspace.resolve("itself"));
        }
    }

    @Test
    void endsItsTerminalsWhenItIsClosed() throws Exception {
        Sandbox.Terminal terminal = open(ENDLESS, LONG, new Screen());
        awaitFile(workspace.resolve("session"));
        awaitFile(workspace.resolve("itself"));

        sandbox.close();

        assertNothingWrites(workspace.resolve("session"));
        assertNothingWrites(workspace.resolve("itself"));
        assertThat(terminal.await(LONG)).isTrue();
    }

    private static final String ENDLESS = "trap '' TERM HUP; "
            + "setsid sh -c 'while :; do echo alive >> session; sleep 0.1; done' & "
            + "while :; do echo alive >> itself; sleep 0.1; done";

    private Sandbox.Terminal open(String line, Duration limit, Screen screen) throws Exception {
        return sandbox.open(new Command(line, workspace, limit), 80, 24, screen::show);
    }

    private static void type(Sandbox.Terminal terminal, String text) throws IOException {
        terminal.type(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All that a terminal has shown. */
    private static final class Screen {
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

        synchronized void show(ByteBuffer bytes) {
            append(shown, bytes);
        }

        synchronized String text() {
            return shown.toString(StandardCharsets.UTF_8);
        }

        void await(String text) throws InterruptedException {
            for (int i = 0; i < 500 && !text().contains(text); i++) {
                Thread.sleep(20);
            }
            assertThat(text()).contains(text);
        }
    }

    private static long awaitFile(Path file) throws Exception {
        for (int i = 0; i < 500 && !Files.exists(file); i++) {
            Thread.sleep(20);
        }
        return Files.size(file);
    }

    private static void assertNothingWrites(Path file) throws Exception {
        Thread.sleep(50);
        long size = Files.size(file);
        Thread.sleep(400);
        assertThat(Files.size(file)).as("%s grows no more", file.getFileName()).isEqualTo(size);
    }
}
