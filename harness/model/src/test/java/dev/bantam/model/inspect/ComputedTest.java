package dev.bantam.model.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.model.local.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComputedTest {
    @TempDir
    private Path folder;

    @Test
    void rowsThatDoNotFitAtOnceAreThoseOfTheWhole() throws Exception {
        int[] tokens = {1, 2, 3, 4, 5, 6, 7};
        try (Model model = Opened.exact(Box.file(folder));
                Sequence sequence = model.newSequence(tokens.length)) {
            int vocabulary = model.facts().vocabularySize();
            sequence.append(tokens, Rows.ALL, Progress.NONE);
            List<float[]> rows = new ArrayList<>();
            int[] chain = new Computed(model, tokens, 3, 2 * vocabulary).run(true, row -> rows.add(row.clone()));
            assertThat(rows).hasSize(tokens.length);
            float[] expected = new float[vocabulary];
            for (int row = 0; row < tokens.length; row++) {
                sequence.logits(row, expected);
                assertThat(rows.get(row)).as("row %d", row).isEqualTo(expected);
            }
            assertThat(chain).isEqualTo(new Computed(model, tokens, 3).run(false, row -> {}));
        }
    }
}
