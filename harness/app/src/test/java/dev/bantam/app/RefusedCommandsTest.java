package dev.bantam.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.app.setup.Exit;
import dev.bantam.core.trust.UnconfinedProjects;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without any sandbox that confines. */
class RefusedCommandsTest {
    private static final String CALL =
            "{\"tool_calls\":[{\"tool\":\"bash\",\"arguments\":{\"command\":\"touch ran\"}}]}";

    @TempDir
    Path folder;

    private Started bantam;
    private String model;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
        bantam.withoutSandboxes();
        model = bantam.script(CALL, "{\"text\":\"done\"}");
    }

    @Test
    void aHeadlessRunRefusesThemAndGoesOn() {
        assertThat(bantam.run("-p", "hi", "--json", "-m", model)).isZero();

        assertThat(bantam.workspace.resolve("ran")).doesNotExist();
        assertThat(bantam.out().lines().filter(line -> line.contains("\"tool_finished\"")))
                .singleElement()
                .asString()
                .contains("\"refused\"", "--sandbox none", "bantam sandbox build");
        assertThat(bantam.out()).contains("\"sandbox\":\"refused\"", "\"completed\"");
        assertThat(bantam.err()).contains("commands are refused", "bubblewrap", "--sandbox none");
    }

    @Test
    void aRunWithoutCommandsHearsNothingOfIt() throws IOException {
        assertThat(bantam.run("-p", "hi", "-m", bantam.script("{\"text\":\"done\"}")))
                .isZero();

        assertThat(bantam.err()).isEmpty();
    }

    @Test
    void plainProcessesRunThemWhenTheyAreNamed() {
        assertThat(bantam.run("-p", "hi", "-m", model, "--sandbox", "none")).isZero();

        assertThat(bantam.workspace.resolve("ran")).exists();
        assertThat(bantam.err()).isEmpty();
    }

    @Test
    void whatTheUserAnsweredForTheProjectHolds() throws IOException {
        UnconfinedProjects answers = new UnconfinedProjects(bantam.data().resolve("unconfined.json"));
        answers.keep(bantam.workspace, true);
        assertThat(bantam.run("-p", "hi", "-m", model)).isZero();
        assertThat(bantam.workspace.resolve("ran")).exists();

        answers.keep(bantam.workspace, false);
        assertThat(bantam.run("-p", "hi", "-m", model)).isZero();
        assertThat(bantam.err()).contains("commands are refused");
    }

    @Test
    void anotherProjectIsNotMeant() throws IOException {
        new UnconfinedProjects(bantam.data().resolve("unconfined.json")).keep(folder.toRealPath(), true);

        assertThat(bantam.run("-p", "hi", "-m", model)).isZero();

        assertThat(bantam.workspace.resolve("ran")).doesNotExist();
    }

    @Test
    void aTrustedProjectCannotChooseThem() throws IOException {
        bantam.file(".bantam/settings.json", "{\"sandbox\": \"none\"}");

        assertThat(bantam.run("-p", "hi", "-m", model, "--trust")).isEqualTo(Exit.USAGE);

        assertThat(bantam.err()).contains("\"sandbox\" cannot be set by a project");
    }

    @Test
    void aSandboxThatIsNamedAndCannotBeHadIsAnErrorThatSaysWhy() {
        assertThat(bantam.run("-p", "hi", "-m", model, "--sandbox", "bubblewrap"))
                .isEqualTo(Exit.USAGE);

        assertThat(bantam.err()).contains("--sandbox bubblewrap cannot be had: it");
    }

    @Test
    void aRegistryThatIsNoNameIsAnErrorThatSaysHowToWriteIt() throws IOException {
        bantam.settings("{\"sandbox.registries\": [\"https://nexus.corp/maven\"]}");

        assertThat(bantam.run("-p", "hi", "-m", model)).isEqualTo(Exit.USAGE);

        assertThat(bantam.err()).contains("sandbox.registries", "https://nexus.corp/maven", "nexus.example.com");
    }
}
