package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThinkingBudgetTest {
    private static final int[] CLOSING = {1, 2, 3};

    @Test
    void closesAtTheEndOfTheLineThatReachesIt() {
        ThinkingBudget budget = new ThinkingBudget(3, 10, CLOSING);
        assertThat(budget.after("a\n", true)).isEmpty();
        assertThat(budget.after("b", true)).isEmpty();
        assertThat(budget.after("c", true)).isEmpty();
        assertThat(budget.after("d", true)).isEmpty();
        assertThat(budget.after(".\n", true))
                .hasValueSatisfying(tokens -> assertThat(tokens).isEqualTo(CLOSING));
        assertThat(budget.closed()).isTrue();
        assertThat(budget.after("\n", true)).as("only once").isEmpty();
    }

    @Test
    void givesOnlySomeGraceToALineWithoutEnd() {
        ThinkingBudget budget = new ThinkingBudget(2, 3, CLOSING);
        for (int i = 0; i < 4; i++) {
            assertThat(budget.after("x", true)).isEmpty();
        }
        assertThat(budget.after("x", true)).isPresent();
        assertThat(budget.thought()).isEqualTo(5);
    }

    @Test
    void countsOnlyWhatIsThought() {
        ThinkingBudget budget = new ThinkingBudget(1, 0, CLOSING);
        assertThat(budget.after("text\n", false)).isEmpty();
        assertThat(budget.thought()).isZero();
        assertThat(budget.after("x", true)).isPresent();
    }
}
