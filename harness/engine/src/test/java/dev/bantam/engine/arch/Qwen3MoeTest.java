package dev.bantam.engine.arch;

import static dev.bantam.engine.Fixtures.append;
import static dev.bantam.engine.Fixtures.ints;
import static dev.bantam.engine.Fixtures.nmse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against logits computed by an independent reference with the same weights and float activations. */
class Qwen3MoeTest {
    static Stream<Arguments> prompts() {
        return Stream.of(Fixtures.F32, Fixtures.Q8_0)
                .flatMap(file -> Stream.of("p1", "p17", "p64").map(prompt -> Arguments.of(file, prompt)));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void givesTheReferenceLogits(Path file, String prompt) throws Exception {
        JsonNode expected = Fixtures.entry(file).get("prompts").get(prompt);
        try (Model model = Fixtures.open(file);
                Sequence sequence = model.newSequence(256)) {
            float[] logits = append(sequence, model, ints(expected.get("ids")));
            assertThat(nmse(logits, Fixtures.floats(expected.get("logits_last").asText())))
                    .isLessThan(tolerance(file));
        }
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void continuesGreedilyAsTheReference(Path file, String prompt) throws Exception {
        JsonNode expected = Fixtures.entry(file).get("prompts").get(prompt);
        int[] chain = ints(expected.get("greedy"));
        try (Model model = Fixtures.open(file);
                Sequence sequence = model.newSequence(256)) {
            float[] logits = append(sequence, model, ints(expected.get("ids")));
            double nearTie = Math.max(0.02, 6 * Math.sqrt(tolerance(file)) * deviation(logits));
            for (int step = 0; step < chain.length; step++) {
                int likeliest = largest(logits);
                if (expected.get("greedy_gap").get(step).asDouble() <= nearTie && likeliest != chain[step]) {
                    return; // the reference itself could have gone either way
                }
                assertThat(likeliest).as("token %d of %s", step, prompt).isEqualTo(chain[step]);
                logits = append(sequence, model, likeliest);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesTheReferenceLogitsOfEveryRow(Path file) throws Exception {
        JsonNode expected = Fixtures.entry(file).get("prompts").get("p17");
        float[] all = Fixtures.floats(expected.get("logits_all_positions").asText());
        int[] prompt = ints(expected.get("ids"));
        try (Model model = Fixtures.open(file);
                Sequence sequence = model.newSequence(256)) {
            sequence.append(prompt, Rows.ALL, Progress.NONE);
            int vocabulary = model.facts().vocabularySize();
            for (int row = 0; row < prompt.length; row++) {
                float[] reference = Arrays.copyOfRange(all, row * vocabulary, (row + 1) * vocabulary);
                assertThat(nmse(Fixtures.logits(sequence, model, row), reference))
                        .as("row %d", row)
                        .isLessThan(tolerance(file));
            }
        }
    }

    static Stream<Path> files() {
        return Stream.of(Fixtures.F32, Fixtures.Q8_0);
    }

    private static double tolerance(Path file) {
        return Fixtures.entry(file)
                .get("tolerance")
                .get("float_activations_f32_kv_nmse")
                .asDouble();
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
