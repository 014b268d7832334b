package dev.bantam.engine.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Model;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits against the plain forward pass. The errors are relative; they were 8e-7 to 1e-6 when this was written. */
class ForwardPassTest {
    private static final double CLOSE = 3e-6;
    private static final long SEED = 20_261_121;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 47})
    void llamaAgreesInAnyBatchUpToTheLastPosition(int batch) throws Exception {
        TinyFolder tiny = TinyFolder.llama(SEED);
        agrees(tiny, new PlainModel(tiny), batch, CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 47})
    void headsWithoutGroupsAgree(int batch) throws Exception {
        TinyFolder tiny = TinyFolder.llamaWithoutGroups(SEED);
        agrees(tiny, new PlainModel(tiny), batch, CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 47})
    void biasesOfQwen2Agree(int batch) throws Exception {
        TinyFolder tiny = TinyFolder.qwen2(SEED);
        agrees(tiny, new PlainModel(tiny), batch, CLOSE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 47})
    void expertsAreWeightedAsTheRouterSaysForEveryTokenOfABatch(int batch) throws Exception {
        TinyFolder tiny = TinyFolder.mixtral(SEED);
        agrees(tiny, new PlainModel(tiny), batch, CLOSE);
    }

    @Test
    void theStretchedPositionsOfLlama3Agree() throws Exception {
        TinyFolder tiny = TinyFolder.llama(SEED);
        tiny.config.put(
                "rope_scaling",
                Map.of(
                        "rope_type", "llama3",
                        "factor", 8.0,
                        "low_freq_factor", 1.0,
                        "high_freq_factor", 4.0,
                        "original_max_position_embeddings", 32));
        PlainModel plain = new PlainModel(tiny, frequency -> {
            double wave = 2 * Math.PI / frequency;
            double smooth = Math.clamp((32 / wave - 1) / 3, 0.0, 1.0);
            return (1 - smooth) * frequency / 8 + smooth * frequency;
        });
        agrees(tiny, plain, 47, CLOSE);
    }

    @Test
    void halfPrecisionWeightsAgreeAsFarAsHalfPrecisionActivationsGo() throws Exception {
        TinyFolder tiny = TinyFolder.llama(SEED).asBfloat16();
        agrees(tiny, new PlainModel(tiny), 47, 2e-2);
    }

    private void agrees(TinyFolder tiny, PlainModel plain, int batch, double tolerance) throws Exception {
        int[] tokens = Evaluations.randomTokens(TinyFolder.CONTEXT, SEED);
        try (Model model = Evaluations.open(tiny.write(folder))) {
            double error = Evaluations.error(Evaluations.logits(model, tokens, batch), plain.logits(tokens));
            assertThat(error).as("seed %d", SEED).isLessThan(tolerance);
        }
    }
}
