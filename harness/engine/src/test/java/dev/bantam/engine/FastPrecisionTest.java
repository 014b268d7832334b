package dev.bantam.engine;

import static dev.bantam.engine.Fixtures.append;
import static dev.bantam.engine.Fixtures.ints;
import static dev.bantam.engine.Fixtures.nmse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The precision that models have by default: weights of few bits times activations rounded to bytes. */
class FastPrecisionTest {
    private static final EngineOptions FAST =
            EngineOptions.defaults().withCacheType(CacheType.F32).withThreads(2);

    static Stream<String> files() {
        return Stream.of(
                "llama-Q4_K_M",
                "llama-moe-Q4_K_M",
                "qwen2-Q4_K_M",
                "qwen3-Q4_K_M",
                "qwen3moe-Q4_K_M",
                "qwen35-Q4_K_M",
                "qwen35moe-Q4_K_M",
                "gpt-oss-MXFP4");
    }

    @ParameterizedTest
    @MethodSource("files")
    void staysAsCloseToTheExactLogitsAsRoundedActivationsAllow(String name) throws Exception {
        Path file = Fixtures.FOLDER.resolve(name + ".gguf");
        double tolerance = Fixtures.entry(file)
                .get("tolerance")
                .get("native_like_activations_nmse")
                .asDouble();
        for (String prompt : new String[] {"p1", "p17", "p64"}) {
            JsonNode expected = Fixtures.entry(file).get("prompts").get(prompt);
            try (Model model = Fixtures.open(file, FAST);
                    Sequence sequence = model.newSequence(256)) {
                float[] logits = append(sequence, model, ints(expected.get("ids")));
                float[] reference = Fixtures.floats(expected.get("logits_last").asText());
                assertThat(nmse(logits, reference)).as(prompt).isBetween(1e-8, tolerance);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesTheSameBitsInBatchesOfAnySizeAndWithAnyNumberOfThreads(String name) throws Exception {
        Path file = Fixtures.FOLDER.resolve(name + ".gguf");
        int[] prompt = ints(Fixtures.entry(file).get("prompts").get("p17").get("ids"));
        float[] expected = logits(file, FAST, prompt);
        assertThat(logits(file, FAST.withThreads(1).withBatchTokens(1), prompt)).isEqualTo(expected);
        assertThat(logits(file, FAST.withThreads(3).withBatchTokens(6), prompt)).isEqualTo(expected);
    }

    private static float[] logits(Path file, EngineOptions options, int[] prompt) throws Exception {
        try (Model model = Fixtures.open(file, options);
                Sequence sequence = model.newSequence(64)) {
            return append(sequence, model, prompt);
        }
    }
}
