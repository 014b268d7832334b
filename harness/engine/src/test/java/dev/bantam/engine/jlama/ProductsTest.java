package dev.bantam.engine.jlama;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductsTest {
    private static final int COLUMNS = 64;

    @Test
    void aBatchThatIsLetThroughIsComputedWholeWhateverTheRows() {
        Random random = new Random(4);
        for (int tokens = 1; tokens <= 60; tokens++) {
            if (Products.batch(tokens) != tokens) {
                continue;
            }
            for (int rows = 1; rows <= 24; rows++) {
                FloatBufferTensor a = random(random, tokens);
                FloatBufferTensor b = random(random, rows);
                FloatBufferTensor out = new FloatBufferTensor(tokens, rows);
                TensorOperationsProvider.get().dotProductChunk(out, a, b, 0, COLUMNS, 0, rows);
                for (int t = 0; t < tokens; t++) {
                    for (int row = 0; row < rows; row++) {
                        double sum = 0;
                        for (int i = 0; i < COLUMNS; i++) {
                            sum += (double) a.get(t, i) * b.get(row, i);
                        }
                        assertThat((double) out.get(t, row))
                                .as("%d tokens × %d rows at %d, %d", tokens, rows, t, row)
                                .isCloseTo(sum, org.assertj.core.api.Assertions.within(1e-4));
                    }
                }
            }
        }
    }

    private static FloatBufferTensor random(Random random, int rows) {
        FloatBufferTensor tensor = new FloatBufferTensor(rows, COLUMNS);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < COLUMNS; i++) {
                tensor.set((float) random.nextGaussian(), row, i);
            }
        }
        return tensor;
    }

    @Test
    void batchesAreNeverLargerThanWantedNorEmpty() {
        for (int wanted = 1; wanted <= 300; wanted++) {
            assertThat(Products.nativeBatch(wanted)).isBetween(1, wanted);
            assertThat(Products.javaBatch(wanted)).isBetween(1, wanted);
        }
    }

    @Test
    void rowsThatAreCutIntoPiecesOfTheWrongNumberAreRecognised() {
        assertThat(Products.complete(320, 128)).isFalse();
        assertThat(Products.complete(576, 128)).isFalse();
        assertThat(Products.complete(320, 2)).isTrue();
        assertThat(Products.complete(32_000, 128)).isTrue();
        assertThat(Products.complete(64, 128)).isTrue();
        assertThat(Products.complete(7, 1)).isTrue();
    }
}
