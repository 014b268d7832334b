package dev.bantam.engine.model;

import static dev.bantam.engine.Fixtures.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.Precision;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.SequenceFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceFileTest {
    private static final int[] TOKENS = new Random(4).ints(200, 0, 1000).toArray();

    @TempDir
    private Path folder;

    private Path file;
    private Model model;
    private Sequence sequence;
    private float[] last; // logits at the time of saving

    @BeforeEach
    void save() throws Exception {
        file = folder.resolve("warm.sequence");
        model = Fixtures.open(Fixtures.Q8_0);
        sequence = model.newSequence(256);
        last = append(sequence, model, TOKENS);
        sequence.save(file);
    }

    @AfterEach
    void close() {
        sequence.close();
        model.close();
    }

    @Test
    void restoresExactly() throws Exception {
        float[] expected = append(sequence, model, 11, 12);
        try (Model again = Fixtures.open(Fixtures.Q8_0);
                Sequence restored = again.newSequence(210)) {
            append(restored, again, 1, 2, 3);
            restored.restore(file);
            assertThat(restored.tokens()).isEqualTo(TOKENS);
            assertThat(Fixtures.logits(restored, again, 0)).isEqualTo(last);
            assertThat(append(restored, again, 11, 12)).isEqualTo(expected);
        }
    }

    @Test
    void refusesWhatWasComputedWithAnotherPrecision() throws Exception {
        try (Model fast = Fixtures.open(Fixtures.Q8_0, Fixtures.EXACT.withPrecision(Precision.FAST));
                Sequence other = fast.newSequence(210)) {
            assertThatThrownBy(() -> other.restore(file))
                    .isInstanceOf(SequenceFileException.class)
                    .hasMessageContaining("EXACT")
                    .hasMessageContaining("FAST");
            assertThat(other.length()).isZero();
        }
    }

    @Test
    void leavesNothingButTheFile() throws Exception {
        sequence.save(file);
        assertThat(folder.toFile().list()).containsExactly("warm.sequence");
    }

    @Test
    void noticesEveryFlippedBit() throws Exception {
        byte[] good = Files.readAllBytes(file);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            byte[] bad = good.clone();
            int at = random.nextInt(round % 2 == 0 ? 1000 : bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            refuses(bad, "seed " + seed);
        }
    }

    @Test
    void noticesAFileThatIsCutOffOrForeign() throws Exception {
        byte[] good = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 8, 20, 100, 900, good.length - 1}) {
            refuses(Arrays.copyOf(good, length), length + " bytes");
        }
        refuses("{\"some\": \"other file\", \"that\": \"is\", \"long\": \"enough\"}".getBytes(), "foreign");
    }

    @Test
    void refusesAnotherModelsSequence() throws Exception {
        try (Model other = Fixtures.open(Fixtures.F32);
                Sequence foreign = other.newSequence(256)) {
            assertThatThrownBy(() -> foreign.restore(file))
                    .isInstanceOf(SequenceFileException.class)
                    .hasMessageContaining("made with another model");
        }
    }

    @Test
    void refusesASequenceThatIsTooLong() throws Exception {
        try (Sequence small = model.newSequence(100)) {
            assertThatThrownBy(() -> small.restore(file))
                    .hasMessageContaining("holds 200 tokens, but there is room for 100");
        }
    }

    private void refuses(byte[] content, String as) throws Exception {
        Path damaged = Files.write(folder.resolve("damaged.sequence"), content);
        assertThatThrownBy(() -> sequence.restore(damaged)).as(as).isInstanceOf(SequenceFileException.class);
        assertThat(sequence.tokens()).isEqualTo(TOKENS);
    }
}
