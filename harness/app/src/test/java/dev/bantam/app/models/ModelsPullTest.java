package dev.bantam.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.app.Started;
import dev.bantam.app.setup.Exit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsPullTest {
    @TempDir
    Path folder;

    private Started bantam;

    @BeforeEach
    void start() throws IOException {
        bantam = new Started(folder);
    }

    @Test
    void offlineThereIsNothingToPull() throws IOException {
        assertRefused("models", "pull", "hf:owner/repo", "--offline");
        assertRefused("--offline", "models", "pull", "hf:owner/repo");
        assertRefused("--set", "local-only=true", "models", "pull", "hf:owner/repo");
        bantam.settings("{\"local-only\": true}");
        assertRefused("models", "pull", "hf:owner/repo");
    }

    private void assertRefused(String... args) {
        assertThat(bantam.run(args)).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("Offline: ").contains("nothing was asked");
        assertThat(bantam.out()).isEmpty();
    }

    @Test
    void whatNamesNoRepositoryIsRefused() {
        assertThat(bantam.run("models", "pull", "Qwen/Qwen3")).isEqualTo(Exit.USAGE);
        assertThat(bantam.err()).contains("Write hf:OWNER/REPO");
        assertThat(bantam.run("models", "pull")).isEqualTo(Exit.USAGE);
        assertThat(bantam.run("models", "pull", "--help")).isZero();
        assertThat(bantam.out()).contains("HF_TOKEN");
    }
}
