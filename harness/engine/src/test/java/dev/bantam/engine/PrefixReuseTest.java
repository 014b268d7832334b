package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrefixReuseTest {
    private Model model;
    private Sequence sequence;

    @BeforeEach
    void open() throws Exception {
        model = Fixtures.open(Fixtures.Q8_0);
        sequence = model.newSequence(16);
    }

    @AfterEach
    void close() {
        sequence.close();
        model.close();
    }

    @Test
    void evaluatesOnlyWhatIsNew() throws Exception {
        assertBrings(new PrefixReuse(0, 4), 1, 2, 3, 4);
        assertBrings(new PrefixReuse(4, 2), 1, 2, 3, 4, 5, 6);
        assertBrings(new PrefixReuse(2, 1), 1, 2, 9);
        assertBrings(new PrefixReuse(0, 1), 7);
    }

    @Test
    void evaluatesTheLastTokenAgainSoThatThereAreLogits() throws Exception {
        assertBrings(new PrefixReuse(0, 3), 1, 2, 3);
        assertBrings(new PrefixReuse(2, 1), 1, 2, 3);
        assertBrings(new PrefixReuse(1, 1), 1, 2);
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertThatThrownBy(() -> PrefixReuse.bring(sequence, new int[0], Progress.NONE))
                .hasMessage("0 tokens; the sequence takes 1 to 16");
        assertThatThrownBy(() -> PrefixReuse.bring(sequence, new int[17], Progress.NONE))
                .hasMessage("17 tokens; the sequence takes 1 to 16");
    }

    private void assertBrings(PrefixReuse expected, int... wanted) throws Exception {
        List<Integer> totals = new ArrayList<>();
        assertThat(PrefixReuse.bring(sequence, wanted, (done, total) -> totals.add(total)))
                .isEqualTo(expected);
        assertThat(totals).containsExactly(expected.evaluated());
        assertThat(sequence.tokens()).isEqualTo(wanted);
        try (Sequence fresh = model.newSequence(16)) {
            assertThat(Fixtures.logits(sequence, model, 0)).isEqualTo(Fixtures.append(fresh, model, wanted));
        }
    }
}
