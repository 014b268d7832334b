package dev.bantam.engine.arch;

import static dev.bantam.engine.Fixtures.ints;
import static dev.bantam.engine.Fixtures.nmse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.kernel.SequenceCache;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against logits computed by an independent reference with the same weights, float activations and a float KV cache. */
class ArchitectureTest {
    static Stream<String> files() {
        return Stream.of(
                "llama-Q4_K_M",
                "llama-moe-Q4_K_M",
                "qwen2-Q4_K_M",
                "qwen3-Q4_K_M",
                "qwen3moe-Q4_K_M",
                "qwen3moe-t-F32",
                "qwen3moe-t-Q8_0",
                "qwen35-Q4_K_M",
                "qwen35moe-Q4_K_M",
                "qwen35moe-t-Q8_0",
                "gpt-oss-MXFP4");
    }

    static Stream<Arguments> prompts() {
        return files().flatMap(file -> Stream.of("p1", "p17", "p64").map(prompt -> Arguments.of(file, prompt)));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void givesTheReferenceLogits(String file, String prompt) throws Exception {
        JsonNode expected = entry(file).get("prompts").get(prompt);
        int[] tokens = ints(expected.get("ids"));
        try (LoadedArchitecture loaded = load(file)) {
            int vocabulary = loaded.architecture().vocabularySize();
            float[] all = loaded.logits(tokens, tokens.length);
            float[] last = row(all, tokens.length - 1, vocabulary);
            assertThat(nmse(last, Fixtures.floats(expected.get("logits_last").asText())))
                    .isLessThan(tolerance(file));
            if (!expected.get("logits_all_positions").isNull()) {
                float[] rows =
                        Fixtures.floats(expected.get("logits_all_positions").asText());
                for (int row = 0; row < tokens.length; row++) {
                    assertThat(nmse(row(all, row, vocabulary), row(rows, row, vocabulary)))
                            .as("row %d", row)
                            .isLessThan(tolerance(file));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void continuesGreedilyAsTheReference(String file, String prompt) throws Exception {
        JsonNode expected = entry(file).get("prompts").get(prompt);
        int[] start = ints(expected.get("ids"));
        int[] chain = ints(expected.get("greedy"));
        int[] tokens = Arrays.copyOf(start, start.length + chain.length);
        try (LoadedArchitecture loaded = load(file);
                SequenceCache cache = loaded.newCache()) {
            int vocabulary = loaded.architecture().vocabularySize();
            float[] logits = row(loaded.logits(cache, tokens, 0, start.length), start.length - 1, vocabulary);
            double nearTie = Math.max(0.02, 6 * Math.sqrt(tolerance(file)) * deviation(logits));
            for (int step = 0; step < chain.length; step++) {
                int likeliest = largest(logits);
                if (expected.get("greedy_gap").get(step).asDouble() <= nearTie && likeliest != chain[step]) {
                    return; // the reference itself could have gone either way
                }
                assertThat(likeliest).as("token %d", step).isEqualTo(chain[step]);
                tokens[start.length + step] = likeliest;
                logits = loaded.logits(cache, tokens, start.length + step, 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesTheSameBitsHoweverThePromptIsCutAndByManyThreads(String file) throws Exception {
        int[] tokens = ints(entry(file).get("prompts").get("p64").get("ids"));
        try (LoadedArchitecture one = new LoadedArchitecture(path(file), 1);
                LoadedArchitecture three = new LoadedArchitecture(path(file), 3)) {
            float[] expected = one.logits(tokens, tokens.length);
            assertThat(one.logits(tokens, 1)).as("token by token").isEqualTo(expected);
            assertThat(three.logits(tokens, 7)).as("by sevens, three threads").isEqualTo(expected);
            assertThat(three.logits(tokens, 64)).as("three threads").isEqualTo(expected);
        }
    }

    private static LoadedArchitecture load(String file) throws Exception {
        return new LoadedArchitecture(path(file), 2);
    }

    private static Path path(String file) {
        return Fixtures.FOLDER.resolve(file + ".gguf");
    }

    private static JsonNode entry(String file) {
        return Fixtures.entry(path(file));
    }

    private static double tolerance(String file) {
        return entry(file).get("tolerance").get("float_activations_f32_kv_nmse").asDouble();
    }

    private static float[] row(float[] rows, int row, int vocabulary) {
        return Arrays.copyOfRange(rows, row * vocabulary, (row + 1) * vocabulary);
    }

    private static double deviation(float[] logits) {
        double sum = 0;
        double squares = 0;
        for (float logit : logits) {
            sum += logit;
            squares += (double) logit * logit;
        }
        return Math.sqrt(squares / logits.length - Math.pow(sum / logits.length, 2));
    }

    private static int largest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }
}
