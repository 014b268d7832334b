package dev.bantam.engine.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Generation;
import dev.bantam.engine.Model;
import dev.bantam.engine.PrefixReuse;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sampler;
import dev.bantam.engine.SamplerSettings;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.SequenceFileException;
import dev.bantam.engine.Steering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JlamaSequenceTest {
    private static final long SEED = 11;

    @TempDir
    Path temporary;

    private Model model;

    @BeforeEach
    void open() throws IOException {
        model = Evaluations.open(TinyFolder.mixtral(SEED).write(temporary.resolve("tiny")));
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void theSameSeedGivesTheSameTokensHoweverThePromptCameIn() throws Exception {
        int[] prompt = Evaluations.randomTokens(20, SEED);
        int[] first;
        try (Sequence sequence = model.newSequence(40)) {
            PrefixReuse.bring(sequence, prompt, Progress.NONE);
            first = generate(sequence);
        }
        try (Sequence sequence = model.newSequence(40)) {
            for (int token : prompt) {
                sequence.append(new int[] {token}, Rows.LAST, Progress.NONE);
            }
            assertThat(generate(sequence)).isEqualTo(first).hasSize(20);
        }
    }

    private int[] generate(Sequence sequence) {
        Sampler sampler = new Sampler(new SamplerSettings(1, 50, 1, 0, 1, 0, 7));
        return new Generation(sequence, model.tokenizer(), sampler, Generation.Limits.tokens(30))
                .run(Steering.FREE)
                .tokens();
    }

    @Test
    void afterARewindTheLogitsAreThoseOfAFreshRun() throws Exception {
        int[] tokens = Evaluations.randomTokens(30, SEED);
        float[] fresh;
        try (Sequence sequence = model.newSequence(40)) {
            sequence.append(tokens, Rows.LAST, Progress.NONE);
            fresh = last(sequence);
        }
        try (Sequence sequence = model.newSequence(40)) {
            sequence.append(Arrays.copyOf(tokens, 18), Rows.NONE, Progress.NONE);
            sequence.append(Evaluations.randomTokens(22, 99), Rows.LAST, Progress.NONE);
            sequence.rewind(18);
            assertThatThrownBy(() -> last(sequence)).isInstanceOf(IllegalStateException.class);
            sequence.append(Arrays.copyOfRange(tokens, 18, 30), Rows.LAST, Progress.NONE);
            assertThat(last(sequence)).containsExactly(fresh, within(1e-4f));
            assertThat(sequence.tokens()).isEqualTo(tokens);
        }
    }

    @Test
    void sequencesOfOneModelTakeTurnsAndAForkGoesItsOwnWay() throws Exception {
        int[] tokens = Evaluations.randomTokens(30, SEED);
        try (Sequence one = model.newSequence(40);
                Sequence other = model.newSequence(40)) {
            one.append(Arrays.copyOf(tokens, 15), Rows.LAST, Progress.NONE);
            other.append(Evaluations.randomTokens(15, 3), Rows.LAST, Progress.NONE);
            try (Sequence fork = one.fork()) {
                assertThat(last(fork)).containsExactly(last(one));
                fork.append(Evaluations.randomTokens(15, 5), Rows.LAST, Progress.NONE);
            }
            one.append(Arrays.copyOfRange(tokens, 15, 30), Rows.LAST, Progress.NONE);
            other.rewind(0);
            other.append(tokens, Rows.LAST, Progress.NONE);
            assertThat(last(one)).containsExactly(last(other), within(1e-4f));
        }
    }

    @Test
    void aSavedSequenceGoesOnWithoutEvaluatingAgain() throws Exception {
        int[] tokens = Evaluations.randomTokens(30, SEED);
        Path file = temporary.resolve("saved");
        try (Sequence sequence = model.newSequence(40)) {
            sequence.append(tokens, Rows.LAST, Progress.NONE);
            sequence.save(file);
            float[] logits = last(sequence);
            try (Sequence restored = model.newSequence(35)) {
                restored.restore(file);
                assertThat(restored.tokens()).isEqualTo(tokens);
                assertThatThrownBy(() -> last(restored)).isInstanceOf(IllegalStateException.class);
                restored.rewind(29);
                restored.append(new int[] {tokens[29]}, Rows.LAST, Progress.NONE);
                assertThat(last(restored)).containsExactly(logits, within(1e-4f));
            }
        }
    }

    @Test
    void aSavedSequenceIsRefusedWhenDamagedTooLongOrOfAnotherModel() throws Exception {
        Path file = temporary.resolve("saved");
        try (Sequence sequence = model.newSequence(20);
                Sequence small = model.newSequence(5)) {
            sequence.append(Evaluations.randomTokens(10, SEED), Rows.NONE, Progress.NONE);
            sequence.save(file);
            assertThatThrownBy(() -> small.restore(file)).hasMessageContaining("10 tokens");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Path damaged = Files.write(temporary.resolve("damaged"), bytes);
            assertThatThrownBy(() -> sequence.restore(damaged)).isInstanceOf(SequenceFileException.class);
            assertThat(sequence.length()).isEqualTo(10);
        }
        try (Model other = Evaluations.open(TinyFolder.mixtral(SEED + 1).write(temporary.resolve("other")));
                Sequence sequence = other.newSequence(20)) {
            assertThatThrownBy(() -> sequence.restore(file)).hasMessageContaining("another model");
        }
    }

    @Test
    void cancellingEndsAnAppendAndWhatWasFinishedStays() throws Exception {
        try (Model narrow = Engine.open(
                        temporary.resolve("tiny"), EngineOptions.defaults().withBatchTokens(5));
                Sequence sequence = narrow.newSequence(40)) {
            int[] tokens = Evaluations.randomTokens(30, SEED);
            assertThatThrownBy(() -> sequence.append(tokens, Rows.LAST, (done, total) -> sequence.cancel()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(sequence.tokens()).isEqualTo(Arrays.copyOf(tokens, Products.batch(5)));
            assertThatThrownBy(() -> sequence.append(
                            tokens,
                            Rows.LAST,
                            (done, total) -> Thread.currentThread().interrupt()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            sequence.rewind(0);
            sequence.append(tokens, Rows.LAST, Progress.NONE);
            try (Sequence fresh = model.newSequence(40)) {
                fresh.append(tokens, Rows.LAST, Progress.NONE);
                assertThat(last(sequence)).containsExactly(last(fresh), within(1e-4f));
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsChanged() throws Exception {
        try (Sequence sequence = model.newSequence(10)) {
            sequence.append(new int[] {1, 2, 3}, Rows.NONE, Progress.NONE);
            assertThatThrownBy(() -> sequence.append(new int[8], Rows.NONE, Progress.NONE))
                    .hasMessage("8 tokens do not fit: 3 of 10 are held");
            assertThatThrownBy(() -> sequence.append(new int[] {384}, Rows.NONE, Progress.NONE))
                    .hasMessageContaining("0 to 383");
            assertThatThrownBy(() -> sequence.rewind(4)).isInstanceOf(IllegalArgumentException.class);
            assertThat(sequence.tokens()).containsExactly(1, 2, 3);
        }
        assertThatThrownBy(() -> model.newSequence(TinyFolder.CONTEXT + 1))
                .hasMessageContaining("1 to " + TinyFolder.CONTEXT);
        try (Model poor =
                Engine.open(temporary.resolve("tiny"), EngineOptions.defaults().withCacheBytes(20_000))) {
            assertThatThrownBy(() -> poor.newSequence(40))
                    .isInstanceOf(CacheMemoryException.class)
                    .hasMessageContaining("at most 19 tokens fit");
        }
    }

    @Test
    void noPageFileIsLeftInTheTemporaryFolder() throws Exception {
        try (Sequence sequence = model.newSequence(40)) {
            sequence.append(Evaluations.randomTokens(30, SEED), Rows.LAST, Progress.NONE);
            Path folder = Path.of(System.getProperty("java.io.tmpdir"));
            try (Stream<Path> files = Files.walk(temporary)) {
                assertThat(pages(files)).isEmpty();
            }
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(pages(files)).isEmpty();
            }
        }
    }

    private static List<Path> pages(Stream<Path> files) {
        return files.filter(file -> file.toString().endsWith(".page")).toList();
    }

    private float[] last(Sequence sequence) {
        return Evaluations.last(sequence, model.facts().vocabularySize());
    }
}
