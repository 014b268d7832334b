package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is for the server that it belongs to, and for nothing else. */
class KeysIT {
    private static final String KEY = "sk-secret-0123456789abcdef";
    private static final Said[] REPLIES = {
        Said.call("bash", "command", "env; cat /proc/self/environ | tr '\\0' '\\n'"), Said.text("Done.")
    };
    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder).with("GITHUB_TOKEN", KEY);
    }

    @Test
    void anOpenAiKeyIsInNothingButTheHeader() throws Exception {
        try (ModelServer server = ModelServer.saying(REPLIES)) {
            Run run = bantam.with("OPENAI_API_KEY", KEY)
                    .run(
                            "-p",
                            "Show it",
                            "--json",
                            "--sandbox",
                            "none",
                            "-m",
                            "openai/fake-1",
                            "--base-url",
                            server.url());
            assertKept(run, server);
            assertThat(server.got().getLast().headers()).contains("Bearer " + KEY);
        }
    }

    @Test
    void anAnthropicKeyIsInNothingButTheHeader() throws Exception {
        try (ModelServer server = ModelServer.saying(REPLIES)) {
            Run run = bantam.with("ANTHROPIC_API_KEY", KEY)
                    .run(
                            "-p",
                            "Show it",
                            "--json",
                            "--sandbox",
                            "none",
                            "-m",
                            "anthropic/fake-1",
                            "--base-url",
                            server.url());
            assertKept(run, server);
            assertThat(server.got().getLast().headers()).contains(KEY);
        }
    }

    @Test
    void aKeyInTheSettingsIsUsedAndKept() throws Exception {
        Files.writeString(bantam.settings(), "{\"api-key\": {\"openai\": \"" + KEY + "\"}}");
        try (ModelServer server = ModelServer.saying(REPLIES)) {
            Run run = bantam.run(
                    "-p", "Show it", "--json", "--sandbox", "none", "-m", "openai/fake-1", "--base-url", server.url());
            Files.delete(bantam.settings());
            assertKept(run, server);
            assertThat(server.got().getLast().headers()).contains("Bearer " + KEY);
        }
    }

    private void assertKept(Run run, ModelServer server) throws Exception {
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.results().getFirst()).contains("HOME=").doesNotContain(KEY);
        assertThat(run.out() + run.err()).doesNotContain(KEY);
        assertThat(server.chats())
                .hasSize(2)
                .allSatisfy(body -> assertThat(body).doesNotContain(KEY));
        try (var files = Files.walk(bantam.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(KEY);
            }
        }
    }
}
