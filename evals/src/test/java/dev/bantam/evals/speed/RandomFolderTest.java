package dev.bantam.evals.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomFolderTest {
    @TempDir
    Path temporary;

    static Stream<String> models() {
        return BenchModel.all().stream()
                .filter(RandomFolder::suits)
                .map(model -> model.tiny().name());
    }

    @ParameterizedTest
    @MethodSource("models")
    void makesModelsThatJlamaRuns(String name) throws Exception {
        RandomFolder random = new RandomFolder(BenchModel.named(name));
        Path folder = temporary.resolve("model");
        random.write(7, folder);
        try (Model model = Engine.open(folder, EngineOptions.defaults().withThreads(1));
                Sequence sequence = model.newSequence(64)) {
            float[] logits = new float[model.facts().vocabularySize()];
            int[] tokens = Tokens.random(40, logits.length, 3);
            sequence.append(tokens, Rows.LAST, Progress.NONE);
            sequence.logits(0, logits);
            assertThat(logits).containsExactly(oneByOne(model, tokens), within(0.02f));
            double squares = 0;
            for (float logit : logits) {
                squares += (double) logit * logit;
            }
            // Normed activations times weights of deviation 1/√width: logits have a deviation of about 1.
            assertThat(Math.sqrt(squares / logits.length)).isBetween(0.5, 2.0);
        }
        assertThat(random.activeBytes()).isBetween(1L, Files.size(folder.resolve("model.safetensors")));
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactly(folder);
        }
    }

    private static float[] oneByOne(Model model, int[] tokens) throws Exception {
        float[] logits = new float[model.facts().vocabularySize()];
        try (Sequence sequence = model.newSequence(64)) {
            for (int token : tokens) {
                sequence.append(new int[] {token}, Rows.LAST, Progress.NONE);
            }
            sequence.logits(0, logits);
        }
        return logits;
    }
}
