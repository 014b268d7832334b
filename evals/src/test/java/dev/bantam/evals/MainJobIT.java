package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The job that Bantam is for: a repository with a failing test, and a run that makes it pass. */
class MainJobIT {
    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void aScriptMakesTheTestPass(Sample sample) throws Exception {
        sample.layOut(bantam);
        Run run = bantam.run("-p", sample.task(), "--json", "--sandbox", "none", "-m", bantam.script(sample.replies()));
        assertMended(sample, run, "script/");
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void aModelOnAnOpenAiServerMakesTheTestPass(Sample sample) throws Exception {
        sample.layOut(bantam);
        try (ModelServer server = ModelServer.saying(sample.replies())) {
            Run run = bantam.with("OPENAI_API_KEY", "sk-nothing")
                    .run(
                            "-p",
                            sample.task(),
                            "--json",
                            "--sandbox",
                            "none",
                            "-m",
                            "openai/fake-1",
                            "--base-url",
                            server.url() + "/v1");
            assertMended(sample, run, "openai/fake-1");
        }
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void aModelOnLlamaCppMakesTheTestPass(Sample sample) throws Exception {
        sample.layOut(bantam);
        try (ModelServer server = ModelServer.saying(sample.replies())) {
            Run run = bantam.run(
                    "-p", sample.task(), "--json", "--sandbox", "none", "-m", "llamacpp/", "--base-url", server.url());
            assertMended(sample, run, "llamacpp/fake-1");
            assertThat(server.chats()).allSatisfy(body -> assertThat(body).contains("\"cache_prompt\":true"));
        }
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void aModelOnOllamaMakesTheTestPass(Sample sample) throws Exception {
        sample.layOut(bantam);
        try (ModelServer server = ModelServer.saying(sample.replies())) {
            Run run = bantam.run(
                    "-p",
                    sample.task(),
                    "--json",
                    "--sandbox",
                    "none",
                    "-m",
                    "ollama/fake-1",
                    "--base-url",
                    server.url());
            assertMended(sample, run, "ollama/fake-1");
            assertThat(server.chats()).allSatisfy(body -> assertThat(body).contains("\"num_ctx\":32768"));
        }
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void aModelOnAnAnthropicServerMakesTheTestPass(Sample sample) throws Exception {
        sample.layOut(bantam);
        try (ModelServer server = ModelServer.saying(sample.replies())) {
            Run run = bantam.with("ANTHROPIC_API_KEY", "sk-ant-nothing")
                    .run(
                            "-p",
                            sample.task(),
                            "--json",
                            "--sandbox",
                            "none",
                            "-m",
                            "anthropic/fake-1",
                            "--base-url",
                            server.url());
            assertMended(sample, run, "anthropic/fake-1");
        }
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void withoutJsonOnlyTheAnswerIsOnStandardOutput(Sample sample) throws Exception {
        sample.layOut(bantam);
        Run run = bantam.run("-p", sample.task(), "--sandbox", "none", "-m", bantam.script(sample.replies()));
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("The loop left out the first price. The test passes now.\n");
        assertThat(run.err()).isEmpty();
    }

    private void assertMended(Sample sample, Run run, String model) throws Exception {
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        List<JsonNode> events = run.events();
        EventShape.check(events);
        assertThat(EventShape.types(events)).doesNotContain("compacted", "escalated", "thinking_delta");
        assertThat(events)
                .filteredOn(event -> event.path("type").asText().equals("decision"))
                .allMatch(event -> event.path("verdict").asText().equals("guided"));
        assertThat(events.getFirst().path("model").asText()).startsWith(model);
        assertThat(events.getFirst().path("cwd").asText())
                .isEqualTo(bantam.workspace().toString());
        assertThat(run.events("tool_started"))
                .extracting(event -> event.path("tool").asText())
                .containsExactly("bash", "read", "edit", "bash");
        assertThat(run.results()).hasSize(4);
        assertThat(run.results().getFirst()).startsWith("failed: ");
        assertThat(run.results().get(1)).isEqualTo("done: " + sample.original().stripTrailing());
        assertThat(run.results().subList(2, 4)).allMatch(result -> result.startsWith("done: "));
        assertThat(run.events("assistant_message").get(3).path("text").asText()).isEqualTo("Once more: “läuft” 🐓");
        JsonNode finished = run.finished();
        assertThat(finished.path("outcome").asText()).isEqualTo("completed");
        assertThat(finished.path("answer").asText()).startsWith("The loop left out");
        assertThat(finished.path("usage").path("input").asInt()).isPositive();
        assertThat(Files.readString(bantam.workspace().resolve(sample.file)))
                .isEqualTo(sample.original().replace(sample.wrong, sample.right));
        assertThat(sample.passes(bantam)).isTrue();
    }
}
