package dev.bantam.engine.model;

import static dev.bantam.engine.Fixtures.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.CacheType;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.SequenceFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheTypeTest {
    @TempDir
    private Path folder;

    /** The reference has a cache of floats; 7e-6 is what it deviates itself with one of half floats. */
    @ParameterizedTest
    @CsvSource({"F32, 1e-8, 4", "F16, 7.3e-6, 2", "Q8_0, 1e-3, 1.0625"})
    void staysNearTheReferenceAndTakesLessMemory(CacheType type, double tolerance, double bytes) throws Exception {
        JsonNode expected = Fixtures.entry(Fixtures.Q8_0).get("prompts").get("p64");
        try (Model model = Fixtures.open(Fixtures.Q8_0, Fixtures.EXACT.withCacheType(type));
                Sequence sequence = model.newSequence(256)) {
            float[] logits = append(sequence, model, Fixtures.ints(expected.get("ids")));
            float[] reference = Fixtures.floats(expected.get("logits_last").asText());
            assertThat(Fixtures.nmse(logits, reference)).isLessThan(tolerance);
            assertThat(model.facts().cacheBytesPerToken()).isEqualTo((long) (2 * 4 * 64 * bytes));
        }
    }

    @Test
    void refusesASequenceOfAnotherType() throws Exception {
        Path file = folder.resolve("halves.sequence");
        try (Model halves = Fixtures.open(Fixtures.Q8_0, Fixtures.EXACT.withCacheType(CacheType.F16));
                Model bytes = Fixtures.open(Fixtures.Q8_0, Fixtures.EXACT.withCacheType(CacheType.Q8_0));
                Sequence saved = halves.newSequence(100);
                Sequence other = bytes.newSequence(100)) {
            append(saved, halves, 1, 2, 3);
            saved.save(file);
            assertThatThrownBy(() -> other.restore(file))
                    .isInstanceOf(SequenceFileException.class)
                    .hasMessageContaining("made with another cache");
        }
    }

    @Test
    void refusesWeightsThatAreLargerThanMemoryUnlessAsked() {
        Path file = Path.of("large.gguf");
        assertThatThrownBy(() -> GgufModel.requireMemory(file, 24L << 30, 16L << 30, false))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("large.gguf: file is 24.0 GiB large; expected at most the 16.0 GiB");
        assertThatCode(() -> GgufModel.requireMemory(file, 24L << 30, 16L << 30, true))
                .doesNotThrowAnyException();
        assertThatCode(() -> GgufModel.requireMemory(file, 15L << 30, 16L << 30, false))
                .doesNotThrowAnyException();
    }

    @Test
    void tellsWhatMarksTake() {
        try (Model hybrid = Fixtures.open(Fixtures.FOLDER.resolve("qwen35moe-t-Q8_0.gguf"));
                Model plain = Fixtures.open(Fixtures.Q8_0)) {
            assertThat(hybrid.facts().recurrent()).isTrue();
            assertThat(hybrid.facts().bytesPerMark()).isPositive();
            assertThat(hybrid.facts().bytesPerSequence())
                    .isEqualTo(4 * hybrid.facts().bytesPerMark());
            assertThat(plain.facts().recurrent()).isFalse();
            assertThat(plain.facts().bytesPerMark()).isZero();
            assertThat(plain.facts().bytesPerSequence()).isZero();
        }
    }
}
