package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.engine.gguf.GgufWriter;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about model files, and a model that is got, killed on the way, and used. */
class ModelsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOX = "local/tiny-agent";

    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
    }

    private JsonNode json(String... arguments) throws Exception {
        Run run = bantam.run(arguments);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return JSON.readTree(run.out());
    }

    @Test
    void aModelFileCannotSteerTheTerminal(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("hostile.gguf");
        new GgufWriter()
                .put("general.architecture", "llama")
                .put("tokenizer.ggml.model", "\u001b[2Jx\u001b]0;title\u0007")
                .write(file);

        Run run = bantam.run("models", "show", file.toString());

        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("\u241b[2Jx").doesNotContain("\u001b", "\u0007");
    }

    @Test
    void showsTokenizesAndComputes() throws Exception {
        assertThat(json("models", "show", BOX, "--json").get("chat_format").asBoolean())
                .isTrue();
        JsonNode ids = json("models", "tokenize", BOX, "--text", "<|im_start|>user\nHello", "--json")
                .get("ids");
        assertThat(ids.size()).isBetween(3, 12);
        String tokens = ids.toString().replaceAll("[\\[\\]]", "");
        JsonNode exact = json("models", "logits", BOX, "--tokens", tokens, "--greedy", "3");
        assertThat(exact.get("greedy")).hasSize(3);
        JsonNode fast = json("models", "logits", BOX, "--tokens", tokens, "--greedy", "3", "--fast");
        assertThat(fast.get("logits")).hasSameSizeAs(exact.get("logits"));
    }

    @Test
    void measures() throws Exception {
        JsonNode measured = json("models", "bench", BOX, "-p", "64", "-n", "8", "-t", "2", "-r", "1", "--json");
        assertThat(measured.get("decode_tps").asDouble()).isPositive();
        assertThat(measured.get("read_share").asDouble()).isPositive();
    }

    @Test
    void aPullThatWasKilledGoesOnAndTheModelCanBeUsed() throws Exception {
        byte[] content;
        try (InputStream box = ModelsIT.class.getResourceAsStream("/dev/bantam/model/box/tiny-agent-q8_0.gguf")) {
            content = box.readAllBytes();
        }
        try (HubServer hub = new HubServer("owner/tiny-GGUF", "pulled-Q8_0.gguf", content)) {
            bantam.with("HF_ENDPOINT", hub.url());
            hub.stopAfter(content.length / 3);
            Path part = bantam.data().resolve("models/owner/tiny-GGUF/pulled-Q8_0.gguf.part");
            Running running = bantam.start("models", "pull", "hf:owner/tiny-GGUF");
            awaitSize(part, content.length / 3);
            running.kill();

            Run pulled = bantam.run("models", "pull", "hf:owner/tiny-GGUF");
            assertThat(pulled.exit()).as(pulled.err()).isZero();
            assertThat(pulled.out()).contains("run it: bantam -m local/pulled-Q8_0");
            assertThat(pulled.err()).contains("of them here already");
            assertThat(hub.ranges()).contains("bytes=" + content.length / 3 + "-");
            assertThat(part).doesNotExist();

            assertThat(bantam.run("models", "pull", "hf:owner/tiny-GGUF").out()).contains("already complete");
            Run offline = bantam.run("models", "pull", "hf:owner/tiny-GGUF", "--offline");
            assertThat(offline.exit()).isEqualTo(2);
        }
        assertThat(json("models", "show", "local/pulled-Q8_0", "--json")
                        .get("architecture")
                        .asText())
                .isEqualTo("qwen3moe");
        assertThat(bantam.run("models", "ls").out()).contains("local/pulled-Q8_0");
    }

    private static void awaitSize(Path file, long bytes) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!Files.exists(file) || Files.size(file) < bytes) {
            assertThat(System.nanoTime())
                    .as("%s never had %d bytes", file, bytes)
                    .isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
