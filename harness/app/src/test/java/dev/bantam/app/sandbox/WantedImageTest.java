package dev.bantam.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.app.Started;
import dev.bantam.app.setup.Exit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantedImageTest {
    @TempDir
    Path folder;

    private Started bantam;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
    }

    private String shown(String... before) {
        String[] args = new String[before.length + 3];
        System.arraycopy(before, 0, args, 0, before.length);
        System.arraycopy(new String[] {"sandbox", "build", "--show"}, 0, args, before.length, 3);
        assertThat(bantam.run(args)).as(bantam.err()).isZero();
        return bantam.out();
    }

    @Test
    void isOneForTheWorkspacesLanguages() throws IOException {
        bantam.file("go.mod", "module x\n");

        assertThat(shown()).startsWith("# bantam-sandbox:go-").contains("FROM debian:", "golang-go");
    }

    @Test
    void isThatOfTheProjectOnceItIsTrusted() throws IOException {
        bantam.file(".bantam/Dockerfile", "FROM alpine:3\n");

        assertThat(shown()).startsWith("# bantam-sandbox:base-").doesNotContain("alpine");
        assertThat(shown("--trust")).startsWith("# bantam-project:").contains("FROM alpine:3");
    }

    @Test
    void isTheOneThatTheUserNames() throws IOException {
        bantam.file(".bantam/Dockerfile", "FROM alpine:3\n");

        assertThat(shown("--trust", "--set", "sandbox.image=debian:12"))
                .isEqualTo("# debian:12, by the setting sandbox.image\n");
    }

    @Test
    void isThatOfADevcontainerWhereTheUserSaysSo() throws IOException {
        bantam.file(".devcontainer/devcontainer.json", "// ours\n{\"build\": {\"dockerfile\": \"Dockerfile\"},}\n");
        bantam.file(".devcontainer/Dockerfile", "FROM fedora\n");

        assertThat(shown()).doesNotContain("fedora");
        assertThat(shown("--set", "sandbox.image=devcontainer")).contains("FROM fedora");
    }

    @Test
    void ofADevcontainerIsNeverAFileOutsideItsFolder() throws IOException {
        bantam.file(".devcontainer.json", "{\"build\": {\"dockerfile\": \"../../secret\"}}");

        assertThat(bantam.run("--set", "sandbox.image=devcontainer", "sandbox", "build", "--show"))
                .isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("../../secret");
    }

    @Test
    void isNotFetchedOffline() {
        bantam.environment.put("DOCKER_HOST", "unix:///no/such/engine.sock");

        assertThat(bantam.run("--offline", "sandbox", "build")).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("--offline");
    }
}
