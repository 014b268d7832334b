package dev.bantam.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
    @TempDir
    Path folder;

    @Test
    void trustEndsWhenWhatTheProjectBringsChanges() throws IOException {
        Path project =
                Files.createDirectories(folder.resolve("project/.bantam")).getParent();
        Files.writeString(project.resolve(".bantam/settings.json"), "{}");
        TrustStore store = new TrustStore(folder.resolve("data/trust.json"));
        assertThat(store.trusts(project, ProjectInputs.of(project))).isFalse();

        store.trust(project, ProjectInputs.of(project));
        assertThat(store.trusts(project, ProjectInputs.of(project))).isTrue();

        Files.writeString(project.resolve(".bantam/settings.json"), "{\"model\":\"evil\"}");
        assertThat(store.trusts(project, ProjectInputs.of(project))).isFalse();
    }

    @Test
    void aProjectThatBringsNothingNeedsNoTrust() throws IOException {
        assertThat(ProjectInputs.of(folder).none()).isTrue();
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "one");
        Path project =
                Files.createDirectories(folder.resolve("project/.bantam")).getParent();
        Files.createSymbolicLink(project.resolve(".bantam/settings.json"), secret);

        String before = ProjectInputs.of(project).digest();
        Files.writeString(secret, "two");

        assertThat(ProjectInputs.of(project).digest()).isEqualTo(before);
    }

    @Test
    void aFolderThatIsALinkIsNeverUsable() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("settings.json"), "{}");
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.createSymbolicLink(project.resolve(".bantam"), elsewhere);
        ProjectInputs inputs = ProjectInputs.of(project);
        TrustStore store = new TrustStore(folder.resolve("trust.json"));

        store.trust(project, inputs);

        assertThat(store.trusts(project, inputs)).isFalse();
        assertThat(inputs.has(".bantam/settings.json")).isFalse();
    }
}
