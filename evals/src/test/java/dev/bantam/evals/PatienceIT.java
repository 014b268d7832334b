package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slow server is waited for, a dead one is noticed, and one that cuts the prompt is not believed. */
class PatienceIT {
    /** What is promised for noticing a dead server. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(15);

    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
    }

    @Test
    void aSilentServerIsWaitedFor() throws Exception {
        ModelServer.Mind slow = (number, request) -> {
            Thread.sleep(20_000);
            return Said.text("That took a while.");
        };
        try (ModelServer server = new ModelServer(32_768, slow)) {
            Run run = bantam.run("-p", "Think", "--json", "-m", "llamacpp/", "--base-url", server.url());
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.finished().path("answer").asText()).isEqualTo("That took a while.");
            assertThat(server.chats()).hasSize(1);
        }
    }

    @Test
    void aServerWhoseProcessEndsIsReported() throws Exception {
        try (RawServer server = new RawServer()) {
            Running running = bantam.start("-p", "Think", "--json", "-m", "llamacpp/", "--base-url", server.url());
            server.awaitPrompt();
            server.die();
            assertReported(running, Instant.now());
        }
    }

    @Test
    void aServerThatLeavesTheConnectionOpenBehindIsReported() throws Exception {
        try (RawServer server = new RawServer()) {
            Running running = bantam.start("-p", "Think", "--json", "-m", "llamacpp/", "--base-url", server.url());
            server.awaitPrompt();
            server.stopListening();
            assertReported(running, Instant.now());
        }
    }

    private static void assertReported(Running running, Instant death) throws Exception {
        Run run = running.await();
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
        EventShape.check(run.events());
        JsonNode first = run.events("decision").stream()
                .filter(event -> event.path("verdict").asText().equals("retry"))
                .findFirst()
                .orElseThrow();
        assertThat(first.path("reason").asText()).contains("llama.cpp");
        List<JsonNode> reports = List.of(first, run.finished());
        assertThat(reports)
                .allSatisfy(report ->
                        assertThat(Instant.parse(report.path("at").asText())).isBefore(death.plus(NOTICED_WITHIN)));
        assertThat(run.finished().path("outcome").asText()).isEqualTo("failed");
        assertThat(run.err())
                .startsWith("bantam: failed: ")
                .contains("llama-server")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"llamacpp/, 32768, llama-server -c 32768", "ollama/, 4096, --context 32768"})
    void aServerThatCutsThePromptIsStoppedWithTheNumbersAndTheCommand(String model, int window, String mend)
            throws Exception {
        ModelServer.Mind cutting = (number, request) -> Said.call("bash", "command", "touch ran");
        try (ModelServer server = new ModelServer(window, cutting).reporting(4_096)) {
            String large = "The quick brown fox jumps over the lazy dog again and again. ".repeat(800);
            Run run = bantam.runWithInput(large, "-p", "Read this", "--json", "-m", model, "--base-url", server.url());
            assertThat(run.exit()).as(run.err()).isEqualTo(1);
            EventShape.check(run.events());
            assertThat(run.finished().path("reason").asText())
                    .contains("4096", mend)
                    .containsPattern("of about \\d{4,5} prompt tokens");
            assertThat(run.err()).contains("4096", mend).hasLineCount(1);
            assertThat(run.events("tool_started")).isEmpty();
            assertThat(bantam.workspace().resolve("ran")).doesNotExist();
        }
    }
}
