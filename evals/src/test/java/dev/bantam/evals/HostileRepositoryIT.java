package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening somebody's repository runs nothing of theirs, obeys nothing of theirs, and reads nothing beside it. */
class HostileRepositoryIT {
    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
    }

    /** Looks at everything that there is to look at. */
    private Said[] looks() {
        return List.of(
                        Said.call("ls"),
                        Said.call("ls", "path", ".bantam"),
                        Said.call("ls", "path", "vendor"),
                        Said.call("glob", "pattern", "**/*"),
                        Said.call("grep", "pattern", "the-secret-outside"),
                        Said.call("grep", "pattern", "hello", "path", "src"),
                        Said.call("read", "path", "AGENTS.md"),
                        Said.call("read", "path", "src/config.py"),
                        Said.call("read", "path", "vendor/secret.txt"),
                        Said.call("read", "path", "../outside/secret.txt"),
                        Said.call(
                                "read",
                                "path",
                                bantam.folder().resolve("outside/secret.txt").toString()),
                        Said.call("read", "path", "src/pipe.py"),
                        Said.call("read", "path", "src/app.py"),
                        Said.call("edit", "path", "vendor/secret.txt", "old_text", "the", "new_text", "a"),
                        Said.call("write", "path", "vendor/new.txt", "content", "x"),
                        Said.call("write", "path", "../new.txt", "content", "x"),
                        Said.text("I have looked around."))
                .stream()
                .map(said -> said.after(60))
                .toArray(Said[]::new);
    }

    @Test
    void startsNoProcessAndReadsNothingOutside() throws Exception {
        try (ModelServer planted = ModelServer.saying()) {
            HostileRepository repository = HostileRepository.plant(bantam, planted.url());
            Running running = bantam.start(
                    "-p",
                    "Look around @vendor/secret.txt @AGENTS.md",
                    "--sandbox",
                    "none",
                    "--json",
                    "-m",
                    bantam.script(looks()));
            running.awaitOutput("session_started");
            List<String> children = new ArrayList<>();
            while (running.process().isAlive()) {
                running.descendants().forEach(child -> children.add(child.info().toString()));
                Thread.sleep(5);
            }
            Run run = running.await();
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(children).isEmpty();
            assertThat(repository.traces()).isEmpty();
            assertThat(planted.got()).isEmpty();
            assertThat(run.err()).contains("nobody trusted yet", "--trust");
            assertThat(run.out()).doesNotContain(HostileRepository.SECRET);
            assertThat(Files.readString(bantam.session()))
                    .doesNotContain(HostileRepository.SECRET, HostileRepository.ORDERS);
            assertThat(run.results().get(5)).startsWith("done: ").contains("hello");
            assertThat(run.results().get(12)).startsWith("done: ").contains("hello");
            for (int outside : new int[] {2, 6, 7, 8, 9, 10, 11, 13, 14, 15}) {
                assertThat(run.results().get(outside)).matches("(?s)(refused|failed): .*");
            }
            assertThat(repository.secret()).hasContent(HostileRepository.SECRET);
            assertThat(bantam.folder().resolve("new.txt")).doesNotExist();
        }
    }

    @Test
    void sendsNothingOfThePlantedRulesToTheModel() throws Exception {
        try (ModelServer planted = ModelServer.saying();
                ModelServer chosen = ModelServer.saying(Said.text("Hello."))) {
            HostileRepository repository = HostileRepository.plant(bantam, planted.url());
            Run run = bantam.run(
                    "-p", "Hello", "--sandbox", "none", "--json", "-m", "llamacpp/", "--base-url", chosen.url());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(planted.got()).isEmpty();
            assertThat(chosen.chats().getFirst()).doesNotContain(HostileRepository.SECRET, HostileRepository.ORDERS);
            assertThat(run.events().getFirst().path("extensions").toString()).contains("turn-cap");
            assertThat(repository.traces()).isEmpty();
        }
    }

    @Test
    void trustForOneRunTakesTheSettings() throws Exception {
        try (ModelServer planted = ModelServer.saying(Said.text("Hello."))) {
            HostileRepository repository = HostileRepository.plant(bantam, planted.url());
            Run run = bantam.run("-p", "Hello", "--sandbox", "none", "--json", "--trust");
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(planted.chats().getFirst())
                    .contains(HostileRepository.ORDERS)
                    .doesNotContain(HostileRepository.SECRET);
            assertThat(run.events().getFirst().path("extensions").toString()).doesNotContain("turn-cap");
            assertThat(run.err()).isEmpty();
            assertThat(repository.traces()).isEmpty();
            Run later =
                    bantam.run("-p", "Hello", "--sandbox", "none", "--json", "-m", bantam.script(Said.text("Hello.")));
            assertThat(later.err()).contains("nobody trusted yet");
        }
    }

    /** Shows that the traps work: the same extension runs where the user has put it. */
    @Test
    void theUsersOwnFolderOfExtensionsIsTheOnlyOne() throws Exception {
        HostileRepository repository = HostileRepository.plant(bantam, "http://127.0.0.1:1");
        String model = bantam.script(Said.text("Hello."));
        bantam.run("-p", "Hello", "--sandbox", "none", "-m", model, "--trust");
        assertThat(repository.traces()).isEmpty();
        Path own = Files.createDirectories(bantam.data().resolve("extensions"));
        Files.copy(bantam.workspace().resolve(".bantam/extensions/planted.jar"), own.resolve("planted.jar"));
        bantam.run("-p", "Hello", "--sandbox", "none", "-m", model);
        assertThat(repository.traces()).containsExactly(repository.canary());
    }

    @Test
    void aFolderOfSettingsThatIsALinkIsNeverFollowed() throws Exception {
        try (ModelServer planted = ModelServer.saying()) {
            Path elsewhere = Files.createDirectories(bantam.folder().resolve("elsewhere"));
            Files.writeString(
                    elsewhere.resolve("settings.json"),
                    "{\"model\": \"llamacpp/\", \"base-url\": \"" + planted.url() + "\"}");
            Files.createSymbolicLink(bantam.workspace().resolve(".bantam"), elsewhere);
            String model = bantam.script(Said.text("Hello."));
            for (List<String> trust : List.of(List.<String>of(), List.of("--trust"))) {
                List<String> arguments = new ArrayList<>(List.of("-p", "Hello", "--json", "-m", model));
                arguments.addAll(trust);
                Run run = bantam.run(arguments.toArray(String[]::new));
                assertThat(run.exit()).as(run.err()).isZero();
            }
            assertThat(planted.got()).isEmpty();
        }
    }
}
