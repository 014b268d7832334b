package dev.bantam.evals.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.gguf.GgufFile;
import dev.bantam.engine.gguf.GgufWriter;
import dev.bantam.engine.kernel.Matrix;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RandomModelTest {
    @TempDir
    Path folder;

    static Stream<String> tinyModels() {
        return BenchModel.all().stream().map(model -> model.tiny().name());
    }

    @ParameterizedTest
    @MethodSource("tinyModels")
    void makesModelsWhoseActivationsStayNearOne(String name) throws Exception {
        Path file = folder.resolve("model.gguf");
        RandomModel.write(BenchModel.named(name), 7, file);
        try (Model model = Engine.open(file, EngineOptions.defaults().withThreads(1));
                Sequence sequence = model.newSequence(64)) {
            float[] logits = new float[model.facts().vocabularySize()];
            sequence.append(Tokens.random(40, logits.length, 3), Rows.LAST, Progress.NONE);
            sequence.logits(0, logits);
            double squares = 0;
            for (float logit : logits) {
                squares += (double) logit * logit;
            }
            // Normed activations times weights of deviation 1/√width: logits have a deviation of about 1.
            assertThat(Math.sqrt(squares / logits.length)).isBetween(0.5, 2.0);
            assertThat(model.tokenizer().decode(model.tokenizer().encode("Hello, 漢字\n", true)))
                    .isEqualTo("Hello, 漢字\n");
        }
    }

    @Test
    void makesTheSameFileForTheSameSeed() throws IOException {
        BenchModel model = BenchModel.named("mixtral-tiny-Q4_K_M");
        RandomModel.write(model, 1, folder.resolve("a"));
        RandomModel.write(model, 1, folder.resolve("b"));
        RandomModel.write(model, 2, folder.resolve("c"));
        assertThat(Files.mismatch(folder.resolve("a"), folder.resolve("b"))).isEqualTo(-1);
        assertThat(Files.mismatch(folder.resolve("a"), folder.resolve("c"))).isPositive();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "F32", mode = EnumSource.Mode.EXCLUDE)
    void givesWeightsOfEveryTypeTheWantedDeviation(WeightType type) throws Exception {
        int rows = 400;
        int columns = 256;
        Path file = folder.resolve("weights.gguf");
        new GgufWriter()
                .tensor(
                        "w",
                        type.number(),
                        type.bytes((long) rows * columns),
                        out -> RandomModel.blocks(
                                out, new SplittableRandom(5), type, 0.02f, type.bytes(rows * columns)),
                        columns,
                        rows)
                .write(file);
        float[] weights = new float[rows * columns];
        try (GgufFile gguf = GgufFile.open(file)) {
            Matrix matrix = gguf.matrix("w", rows, columns);
            for (int row = 0; row < rows; row++) {
                matrix.row(row, weights, row * columns);
            }
        }
        double sum = 0;
        double squares = 0;
        for (float weight : weights) {
            sum += weight;
            squares += (double) weight * weight;
        }
        assertThat(sum / weights.length).isCloseTo(0, within(0.0025)); // integers reach one further down than up
        assertThat(Math.sqrt(squares / weights.length)).isCloseTo(0.02, within(0.0006));
    }

    @Test
    void namesTheModels() {
        assertThat(BenchModel.all())
                .extracting(BenchModel::name)
                .containsExactly(
                        "dense-1b-Q4_0",
                        "dense-1b-Q4_K_M",
                        "mixtral-1b-Q4_0",
                        "mixtral-1b-Q4_K_M",
                        "qwen3moe-1b-Q4_K_M",
                        "qwen3moe-1b-Q8_0",
                        "qwen35moe-1b-Q4_K_M",
                        "qwen35moe-1b-Q8_0");
    }

    @Test
    void measuresATinyModelFromEndToEnd() throws Exception {
        SpeedReport report = new SpeedBenchmark(
                        plan(List.of("qwen3moe-tiny-Q8_0"), List.of()),
                        new PrintStream(OutputStream.nullOutputStream()))
                .run();
        assertThat(report.results()).hasSize(1);
        SpeedResult result = report.results().getFirst();
        assertThat(result.failure()).isEmpty();
        assertThat(result.coldSeconds()).isPositive();
        assertThat(result.runs()).hasSize(2);
        assertThat(result.runs().getFirst().decodePerSecond()).isPositive();
        assertThat(report.asTable()).contains("| qwen3moe-tiny-Q8_0 | bantam | ");
        assertThat(report.asJson()).contains("\"decode_after_16_of_read\":");
    }

    @Test
    void comparesWithJlamaWhereThatRunsTheModel() throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        SpeedReport dense = new SpeedBenchmark(plan(List.of("dense-tiny-Q4_0"), List.of("jlama")), nowhere).run();
        assertThat(dense.results()).extracting(SpeedResult::engine).containsExactly("bantam", "jlama");
        assertThat(dense.results().getLast().failure()).isEmpty();
        assertThat(dense.asTable()).contains(" × jlama)");
        SpeedReport other = new SpeedBenchmark(plan(List.of("qwen3moe-tiny-Q4_K_M"), List.of("jlama")), nowhere).run();
        assertThat(other.results()).extracting(SpeedResult::engine).containsExactly("bantam");
    }

    @Test
    void saysWhatCanBeMeasured() {
        assertThatThrownBy(() -> new SpeedBenchmark(plan(List.of("gigantic"), List.of()), System.err).run())
                .hasMessageContaining("gigantic")
                .hasMessageContaining("dense-tiny-Q4_0");
        assertThatThrownBy(() -> new SpeedBenchmark(plan(List.of(), List.of("vllm")), System.err).run())
                .hasMessageContaining("llama.cpp and jlama");
        SpeedBenchmark.Plan busy =
                new SpeedBenchmark.Plan(folder, List.of(), List.of("jlama"), true, true, true, true, 1, 1);
        assertThatThrownBy(() -> new SpeedBenchmark(busy, System.err).run()).hasMessageContaining("--busy");
        assertThatThrownBy(() -> new SpeedBenchmark(plan(List.of(), List.of("llama.cpp")), System.err).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--offline");
    }

    private SpeedBenchmark.Plan plan(List<String> models, List<String> peers) {
        return new SpeedBenchmark.Plan(folder, models, peers, true, true, false, true, 1, 1);
    }
}
