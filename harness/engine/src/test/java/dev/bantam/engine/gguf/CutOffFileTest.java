package dev.bantam.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file that becomes shorter while it is mapped, as when it is got anew in place. */
class CutOffFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void copy() throws IOException {
        file = Files.copy(Fixtures.Q8_0, folder.resolve("model.gguf"));
    }

    @Test
    void isNamedAtTheNextBatchInsteadOfEndingTheProgram() throws Exception {
        try (Model model = Fixtures.open(file);
                Sequence sequence = model.newSequence(64)) {
            Fixtures.append(sequence, model, 1, 2, 3);
            cutTo(40_000);
            assertThatThrownBy(() -> Fixtures.append(sequence, model, 4))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(ModelFileException.class)
                    .hasMessageContaining("model.gguf: file is no longer readable as a whole");
            assertThat(sequence.length()).isEqualTo(3);
        }
    }

    @Test
    void isNamedWhenItHappensWithinABatch() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Model model = Fixtures.open(file);
                Sequence sequence = model.newSequence(512)) {
            int[] tokens = random.ints(256, 0, 300).toArray();
            Thread cutting = Thread.ofPlatform().start(() -> {
                try {
                    Thread.sleep(random.nextInt(60));
                    cutTo(40_000);
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertThatThrownBy(() -> {
                        while (true) {
                            sequence.append(tokens, Rows.LAST, Progress.NONE);
                            sequence.rewind(0);
                        }
                    })
                    .as("seed %d", seed)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("no longer readable as a whole");
            cutting.join();
        }
    }

    @Test
    void mayBeDeletedOrReplacedByANewOne() throws Exception {
        try (Model model = Fixtures.open(file);
                Sequence sequence = model.newSequence(64)) {
            float[] before = Fixtures.append(sequence, model, 1, 2, 3);
            Files.delete(file);
            Files.write(file, new byte[10]);
            sequence.rewind(0);
            assertThat(Fixtures.append(sequence, model, 1, 2, 3)).containsExactly(before);
        }
    }

    private void cutTo(long length) throws IOException {
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(length);
        }
    }
}
