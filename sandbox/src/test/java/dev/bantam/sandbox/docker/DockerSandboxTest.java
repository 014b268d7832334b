package dev.bantam.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import dev.bantam.api.Sandbox;
import dev.bantam.api.Sandbox.Command;
import dev.bantam.api.Sandbox.Outcome;
import dev.bantam.sandbox.Caches;
import dev.bantam.sandbox.Confinement;
import dev.bantam.sandbox.NeedsSandbox;
import dev.bantam.sandbox.Network;
import dev.bantam.testkit.SandboxContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsSandbox("docker")
class DockerSandboxTest extends SandboxContract {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Override
    protected Sandbox open(Path workspace) throws IOException {
        return TestEngine.sandbox(TestEngine.confinement(workspace));
    }

    @Override
    protected Set<String> ownVariables() {
        Set<String> own = new HashSet<>(Network.NONE.environment().keySet());
        own.addAll(Set.of("HOSTNAME", "NO_COLOR", "PAGER", "GIT_PAGER", "GIT_TERMINAL_PROMPT", "BANTAM_COMMAND"));
        return own;
    }

    @Test
    void goesOnAfterACommandThatKilledAllItCould() throws Exception {
        Run killer = run("kill -9 -1");

        assertThat(killer.outcome()).isInstanceOf(Outcome.Exited.class);
        assertThat(run("echo works again").output()).isEqualTo("works again\n");
    }

    @Test
    void isTheUserInsideWithANameAndAHome() throws Exception {
        assertThat(run("whoami; cd && pwd && touch here && test -O here && echo mine")
                        .output())
                .isEqualTo("bantam\n/home/bantam\nmine\n");
    }

    @Test
    void startsAheadOnceItIsAskedTo() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("early"));
        try (Sandbox early = open(workspace)) {
            early.prepare();
            awaitContainers(1, workspace);
        }
        awaitContainers(0, workspace);
    }

    @Test
    void anAgentThatClosesWhileItStartsLeavesNothing() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("closed early"));
        Sandbox early = open(workspace);
        early.prepare();
        early.close();

        Thread.sleep(1500);
        awaitContainers(0, workspace);
    }

    @Test
    void readsTheSessionsScratchAndWritesItsOwnCachesOnly() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("work"));
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Files.writeString(scratch.resolve("long.txt"), "a long output");
        Confinement confinement =
                TestEngine.confinement(workspace).withScratch(scratch).with(Caches.OWN, folder.resolve("caches"));
        try (Sandbox sandbox = TestEngine.sandbox(confinement)) {
            String line = "cat '" + scratch + "/long.txt'; touch '" + scratch + "/x'; touch ~/.m2/repository/kept";
            Outcome outcome = sandbox.run(new Command(line, workspace, LONG), bytes -> {});

            assertThat(((Outcome.Exited) outcome).code()).isZero();
        }
        assertThat(scratch.resolve("x")).doesNotExist();
        assertThat(folder.resolve("caches/.m2/repository/kept")).exists();
    }

    @Test
    void sweepsTheContainersOfAgentsThatAreGone() throws Exception {
        try (Engine engine = TestEngine.find()) {
            Owner self = Owner.self();
            Owner gone = new Owner(self.host(), self.pid(), self.started().minusSeconds(1000));
            String id = engine.client()
                    .createContainerCmd(engine.images().names().iterator().next())
                    .withLabels(gone.labels())
                    .withCmd("/bin/sh")
                    .exec()
                    .getId();

            assertThat(Leftovers.sweep(engine.client())).isPositive();

            assertThat(containers(engine))
                    .noneMatch(container -> container.getId().equals(id));
        }
    }

    private static List<Container> containers(Engine engine) {
        return engine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Owner.LABEL))
                .exec();
    }

    private static void awaitContainers(int wanted, Path workspace) throws Exception {
        try (Engine engine = TestEngine.find()) {
            long count = -1;
            for (int i = 0; i < 500 && count != wanted; i++) {
                Thread.sleep(20);
                count = containers(engine).stream()
                        .filter(container -> container.getMounts().stream()
                                .anyMatch(mount -> workspace.toString().equals(mount.getSource())))
                        .count();
            }
            assertThat(count).isEqualTo(wanted);
        }
    }

    @Test
    void saysWhatToDoWhereNoEngineAnswers() {
        Map<String, String> nowhere = Map.of("DOCKER_HOST", "unix:///no/such/engine.sock");

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Engine.find(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unix:///no/such/engine.sock");
    }

    @Test
    void packageToolsAreToldThatThereIsNoNetwork() throws Exception {
        assertThat(run("echo $npm_config_fetch_retries $PIP_RETRIES $GOPROXY").output())
                .isEqualTo("0 0 off\n");
    }
}
