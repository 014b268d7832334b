package dev.bantam.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Sandbox;
import dev.bantam.api.Sandbox.Command;
import dev.bantam.api.Sandbox.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks on the host, for every kind of sandbox. A kind names the attacks that it does not hold; one that leaks without
 * being named fails, and so does one that is named and holds. The README's table must say the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class EscapeSuite {
    private static final String SECRET = "the-secret-of-the-host";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long MIB = 1L << 20;
    private static final boolean GROUPS = canGroup();

    private final Map<Attack, Boolean> held = new EnumMap<>(Attack.class);

    @TempDir
    Path temporary;

    private Path workspace;
    private Path outside;
    private Path home;
    private Sandbox sandbox;
    private Process bystander;

    /** A sandbox of this kind. Its workspace is writable for the one whom commands run as. */
    protected abstract Sandbox open(Confinement confinement) throws IOException;

    /** The kind, as the README's table names it. */
    protected abstract String kind();

    /** What this kind does not hold. */
    protected abstract Set<Attack> gaps();

    /** What it does not hold when the agent runs as root; the table says so. */
    protected Set<Attack> gapsOfRoot() {
        return Set.of();
    }

    /** What it does not hold but when the agent runs as root, and the kernel's control groups can be had. */
    protected Set<Attack> gapsButForRoot() {
        return Set.of();
    }

    /** Called for each file and folder that stands for the user's own. */
    protected void handOver(Path made) throws IOException {}

    /** Goes before a command so that it runs as the one whom commands run as. */
    protected List<String> asTheUser() {
        return List.of();
    }

    @BeforeEach
    void openSandbox() throws IOException {
        Path all = temporary.toRealPath();
        workspace = folder(all.resolve("workspace"));
        outside = folder(all.resolve("outside"));
        home = folder(all.resolve("home"));
        secret(home.resolve(".secret"));
        secret(outside.resolve("secret"));
        sandbox = open(confinement());
    }

    @AfterEach
    void closeSandbox() throws Exception {
        sandbox.close();
        if (bystander != null) {
            bystander.destroyForcibly().waitFor();
        }
    }

    private Confinement confinement() {
        return Confinement.of(
                workspace, Map.of("PATH", System.getenv("PATH"), "HOME", home.toString(), "SOME_API_KEY", SECRET));
    }

    private Path folder(Path path) throws IOException {
        Files.createDirectory(path);
        handOver(path);
        return path;
    }

    private void secret(Path path) throws IOException {
        Files.writeString(path, SECRET);
        handOver(path);
    }

    private void reopen(Limits limits) throws IOException {
        sandbox.close();
        sandbox = open(confinement().with(limits));
    }

    private static boolean canGroup() {
        Optional<ControlGroup> group = ControlGroup.make(
                Limits.usual(), "escape-" + ProcessHandle.current().pid());
        group.ifPresent(ControlGroup::close);
        return group.isPresent();
    }

    private record Run(Outcome outcome, String output) {}

    private Run run(String line) throws IOException, InterruptedException {
        return run(sandbox, line, LONG);
    }

    private Run run(Sandbox chosen, String line, Duration limit) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Outcome outcome = chosen.run(new Command(line, workspace, limit), bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            output.writeBytes(copy);
        });
        return new Run(outcome, output.toString(StandardCharsets.UTF_8));
    }

    /** Compares what was seen with what this kind says of itself. */
    private void verify(Attack attack, boolean holds, Object evidence) throws IOException {
        held.put(attack, holds);
        boolean grouped = GROUPS && gapsButForRoot().contains(attack);
        boolean named = gaps().contains(attack) && !grouped
                || Unprivileged.isRoot() && gapsOfRoot().contains(attack);
        assertThat(holds)
                .as("%s holds against: %s. Seen: %s", kind(), attack.words(), evidence)
                .isEqualTo(!named);
    }

    @Test
    void nothingIsWrittenOutsideTheWorkspace() throws Exception {
        String output = run("for d in '" + outside + "' '" + home + "' /etc /usr /usr/local/bin /var/lib /boot; do"
                        + " echo x > \"$d/escaped-by-a-test\"; done; ls '" + outside + "'; touch here")
                .output();

        boolean escaped = false;
        for (String folder :
                List.of(outside.toString(), home.toString(), "/etc", "/usr", "/usr/local/bin", "/var/lib", "/boot")) {
            escaped |= Files.deleteIfExists(Path.of(folder, "escaped-by-a-test"));
        }
        assertThat(workspace.resolve("here")).exists();
        verify(Attack.WRITE_OUTSIDE, !escaped, output);
    }

    @Test
    void secretsOfTheHostAreNotRead() throws Exception {
        String output = run("cat '" + home + "/.secret' '" + outside
                        + "/secret' /etc/shadow /root/.* /proc/1/root/etc/shadow")
                .output();

        verify(Attack.HOST_SECRET, !output.contains(SECRET) && !output.contains("root:"), output);
    }

    @Test
    void processesOfTheHostAreNeitherSeenNorKilled() throws Exception {
        startBystander();
        String output = run("for p in /proc/[0-9]*; do if tr '\\0' ' ' < $p/cmdline | grep -q '^sleep 4321'; then"
                        + " echo seen; kill -9 ${p#/proc/}; fi; done; kill -9 " + bystander.pid())
                .output();

        boolean killed = bystander.waitFor(500, TimeUnit.MILLISECONDS);
        verify(Attack.HOST_PROCESSES, !output.contains("seen") && !killed, output);
    }

    @Test
    void theEnvironmentOfTheAgentIsNotFound() throws Exception {
        startBystander(); // stands for the agent: its environment holds the key
        String output = run("env; cat /proc/[0-9]*/environ | tr '\\0' '\\n'").output();

        verify(Attack.ENVIRONMENT, !output.contains(SECRET), output);
    }

    private void startBystander() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(asTheUser());
        words.addAll(List.of("sleep", "4321"));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("SOME_API_KEY", SECRET);
        bystander = builder.start();
        Path commandLine = Path.of("/proc", bystander.pid() + "", "cmdline");
        while (!Files.readString(commandLine).startsWith("sleep")) {
            Thread.sleep(5);
        }
    }

    @Test
    void thereIsNoNetworkButItsOwnLoopback() throws Exception {
        String output = run("tail -n +3 /proc/net/dev | cut -d: -f1").output();

        verify(Attack.NETWORK, output.strip().equals("lo"), output);
    }

    @Test
    void theLoopbackOfTheHostIsNotReached() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String output = run("bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + " && echo connected'")
                    .output();

            verify(Attack.HOST_LOOPBACK, !output.contains("connected\n"), output);
        }
    }

    @Test
    void socketFilesOfTheHostAreNotReached() throws Exception {
        Path file = outside.resolve("engine.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file));
            handOver(file);
            String output = run("for s in '" + file + "' /var/run/docker.sock /run/docker.sock /run/podman/podman.sock;"
                            + " do [ -S \"$s\" ] && [ -w \"$s\" ] && echo reached $s; done")
                    .output();

            verify(Attack.HOST_SOCKET, !output.contains("reached"), output);
        }
    }

    @Test
    void nothingIsMountedInNewNamespaces() throws Exception {
        String output =
                run("for how in -m -Urm; do unshare $how sh -c 'mount -t tmpfs none /usr && echo mounted'; done;"
                                + " unshare -Ur true && echo namespace")
                        .output();

        verify(Attack.NAMESPACES, !output.contains("mounted\n") && !output.contains("namespace\n"), output);
    }

    @Test
    void thereAreNoPrivilegesAndNoWayToThem() throws Exception {
        if (Unprivileged.isRoot()) { // else nobody could plant such a program
            Files.copy(Path.of("/usr/bin/id"), workspace.resolve("root-id"));
            new ProcessBuilder("chmod", "4755", workspace.resolve("root-id").toString())
                    .start()
                    .waitFor();
        }
        String output =
                run("grep -E '^(CapEff|CapPrm|CapBnd|NoNewPrivs)' /proc/self/status; [ -x root-id ] && ./root-id -u")
                        .output();

        boolean none = output.matches("(?s)(Cap\\w+:\\s+0+\n){3}NoNewPrivs:\\s+1\n.*");
        verify(Attack.PRIVILEGES, none && !output.matches("(?s).*\n0\n"), output);
    }

    @Test
    void settingsOfTheKernelAreNotOpenedToWrite() throws Exception {
        String output =
                run("(exec 3>>/proc/sys/kernel/core_pattern) && echo opened; (exec 3>>/proc/sysrq-trigger) && echo opened")
                        .output();

        verify(Attack.KERNEL_SETTINGS, !output.contains("opened\n"), output);
    }

    @Test
    void aSymbolicLinkLeadsNowhere() throws Exception {
        String output = run("ln -s '" + outside + "' link; ln -s '" + outside + "/secret' file; cat link/secret file;"
                        + " echo x > link/through; cat /proc/self/cwd/../outside/secret")
                .output();

        boolean through = Files.exists(outside.resolve("through"));
        verify(Attack.SYMBOLIC_LINK, !output.contains(SECRET) && !through, output);
    }

    @Test
    void aFileOutsideIsNotLinkedIntoTheWorkspace() throws Exception {
        String output = run("ln '" + outside + "/secret' hard; cat hard").output();

        verify(Attack.HARD_LINK, !output.contains(SECRET), output);
    }

    /** {@code KEYCTL_READ} of the session keyring, which lists its keys, as the kernel numbers it. */
    @Test
    void theKeysOfTheLoginSessionAreNotRead() throws Exception {
        String output = run("python3 -c 'import ctypes, platform;"
                        + "n = {\"x86_64\": 250, \"aarch64\": 219}[platform.machine()];"
                        + "print(\"keys\", ctypes.CDLL(None).syscall(n, 11, -3, 0, 0) >= 0)'")
                .output();

        assertThat(output).startsWith("keys ");
        verify(Attack.KEYS, output.equals("keys False\n"), output);
    }

    @Test
    void theTimeLimitEndsWhatHides() throws Exception {
        String mark = "87" + ProcessHandle.current().pid();
        Run run = run(sandbox, "(env -i setsid sh -c 'sleep " + mark + "; :' &); sleep 60", Duration.ofSeconds(2));
        assertThat(run.outcome()).isInstanceOf(Outcome.TimedOut.class);
        for (int i = 0; i < 100 && sleeping(mark) > 0; i++) {
            Thread.sleep(20);
        }
        long left = sleeping(mark);
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("sleep " + mark))
                .forEach(ProcessHandle::destroyForcibly);

        verify(Attack.HIDE_FROM_THE_LIMIT, left == 0, left + " processes");
        assertThat(run("echo works again").output()).isEqualTo("works again\n");
    }

    @Test
    void aForkBombEndsAtTheLimit() throws Exception {
        reopen(Limits.usual().withProcesses(300));
        run(
                sandbox,
                "trap '' TERM; grow() { echo x >> count;"
                        + " if [ $1 -gt 0 ]; then grow $(($1 - 1)) & grow $(($1 - 1)) & fi; sleep 20; }; grow 10",
                Duration.ofSeconds(5));
        long started = Files.size(workspace.resolve("count")) / "x\n".length();

        verify(Attack.FORK_BOMB, started < 600, started + " of 2047 started, 300 allowed");
        assertThat(run("echo works again").output()).isEqualTo("works again\n");
    }

    @Test
    void aMemoryHogIsToldFromAFailure() throws Exception {
        reopen(Limits.usual().withMemory(256 * MIB));
        Run hog = run("while head -c 8000000 /dev/zero; do sleep 0.05; done | tail -c 2000000000 >/dev/null; exit 3");
        Run failure = run("exit 137");

        boolean told = hog.outcome() instanceof Outcome.OutOfMemory && failure.outcome() instanceof Outcome.Exited;
        verify(Attack.MEMORY, told, hog + " " + failure);
    }

    @Test
    void theTemporaryFolderHasASize() throws Exception {
        reopen(Limits.usual().withTemporary(16 * MIB));
        String output = run("f=$(mktemp -p /tmp); head -c 64M /dev/zero > $f; stat -c %s $f; rm $f")
                .output();

        String[] lines = output.strip().split("\n");
        verify(Attack.FILL_TMP, Long.parseLong(lines[lines.length - 1]) <= 16 * MIB, output);
    }

    @Test
    void theDiskOfTheWorkspaceIsNotFilled() throws Exception {
        reopen(Limits.usual().withDisk(0, 64 * MIB));
        Run run = run("head -c 4G /dev/zero > fill; echo finished");
        long size = Files.size(workspace.resolve("fill"));
        Files.delete(workspace.resolve("fill"));

        verify(Attack.FILL_WORKSPACE, size < 4096 * MIB && !run.output().contains("finished\n"), run);
    }

    @Test
    void endlessOutputFillsNothing() throws Exception {
        long freeBefore = Files.getFileStore(Path.of("/var")).getUsableSpace();
        AtomicLong bytes = new AtomicLong();
        Outcome outcome = sandbox.run(
                new Command("yes", workspace, Duration.ofSeconds(5)), chunk -> bytes.addAndGet(chunk.remaining()));
        long taken = freeBefore - Files.getFileStore(Path.of("/var")).getUsableSpace();

        boolean bounded = outcome instanceof Outcome.TimedOut && taken < Math.max(bytes.get() / 4, 256 * MIB);
        verify(Attack.ENDLESS_OUTPUT, bounded, outcome + ", " + bytes + " bytes delivered, disk " + taken);
    }

    @Test
    void nothingOutlivesAKilledAgent() throws Exception {
        String mark = "86" + ProcessHandle.current().pid();
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledAgent.class.getName(),
                        getClass().getName(),
                        workspace.toString(),
                        hold() + "(setsid nohup sleep " + mark + " &); sleep " + mark + " & touch begun; sleep " + mark)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("agent.log").toFile())
                .start();
        for (int i = 0; i < 1500 && agent.isAlive() && !Files.exists(workspace.resolve("begun")); i++) {
            Thread.sleep(20);
        }
        assertThat(workspace.resolve("begun"))
                .as(Files.readString(temporary.resolve("agent.log")))
                .exists();
        assertThat(sleeping(mark)).isGreaterThan(1);

        agent.destroyForcibly().waitFor();
        for (int i = 0; i < 500 && sleeping(mark) > 0; i++) {
            Thread.sleep(20);
        }
        verify(Attack.OUTLIVE_THE_AGENT, sleeping(mark) == 0, sleeping(mark) + " processes");
    }

    /** Goes before the command of an agent that is killed: what may keep the sandbox from noticing. */
    protected String hold() {
        return "";
    }

    private static long sleeping(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep " + mark))
                .count();
    }

    @Test
    void twoHundredCommandsInARowLeaveNothing() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(run("echo " + i).output()).isEqualTo(i + "\n");
        }
    }

    @Test
    void eightSandboxesAtOnceDoNotMeet() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> outputs = threads.invokeAll(java.util.stream.IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> inItsOwn(i))
                    .toList());
            for (int i = 0; i < 8; i++) {
                assertThat(outputs.get(i).get()).isEqualTo((i + "\n").repeat(5));
            }
        }
    }

    private String inItsOwn(int number) throws Exception {
        try (Sandbox own = open(confinement())) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                all.append(run(own, "sleep 0.05; echo " + number, LONG).output());
            }
            return all.toString();
        }
    }

    @AfterAll
    void compareWithTheReadme() throws IOException {
        EscapeTable seen = new EscapeTable(kind(), held, gapsOfRoot(), gapsButForRoot());
        seen.write(Path.of("target"));
        if (held.size() == Attack.values().length) { // else only some of the tests were wanted
            assertThat(EscapeTable.column(Path.of("README.md"), kind())).isEqualTo(seen.column());
        }
    }
}
