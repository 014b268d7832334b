package dev.bantam.engine.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostRowsTest {
    @TempDir
    Path temporary;

    /** 320 rows are 128 pieces of 2 and an end of 64, of which jlama computes no more than 2 + 64 % 2. */
    @Test
    void aVocabularyWhoseRowsWouldGetLostIsComputedWholeOrRefused() throws Exception {
        Path ordinary = TinyFolder.llama(1).write(temporary.resolve("ordinary"));
        Evaluations.open(ordinary).close(); // by now jlama has chosen its arithmetic
        TinyFolder tiny = TinyFolder.llamaOfVocabulary(320, 1);
        Path folder = tiny.write(temporary.resolve("odd"));
        if (Products.complete(320, TensorOperationsProvider.get().parallelSplitSize())) {
            int[] tokens = Evaluations.randomTokens(9, 1);
            try (Model model = Evaluations.open(folder)) {
                double error =
                        Evaluations.error(Evaluations.logits(model, tokens, 9), new PlainModel(tiny).logits(tokens));
                assertThat(error).isLessThan(3e-6);
            }
        } else {
            assertThatThrownBy(() -> Evaluations.open(folder))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("vocab_size is 320; expected a number of rows that jlama can cut into 128");
        }
    }
}
