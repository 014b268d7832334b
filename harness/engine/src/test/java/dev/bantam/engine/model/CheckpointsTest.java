package dev.bantam.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.kernel.KvType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the state of a recurrent model can come back to, and what that costs. */
class CheckpointsTest {
    private static final int BATCH = 64;

    private final RunningSum architecture = new RunningSum(KvType.F32);
    private final long state = architecture.cacheShape().recurrent().bytes();
    private CacheBudget budget;
    private Sequence sequence;

    @BeforeEach
    void open() throws Exception {
        budget = new CacheBudget(architecture.cacheShape(), 1 << 24, 8 * state);
        sequence = new Evaluator(architecture, BATCH, "sum", budget, () -> {}).newSequence(20_000);
    }

    @AfterEach
    void close() {
        sequence.close();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void evaluatesAgainFromTheNearestMark() throws Exception {
        appendSingly(30);
        sequence.mark();
        appendSingly(30);
        assertThat(sequence.reusable(60)).isEqualTo(60);
        assertThat(sequence.reusable(59)).isEqualTo(30);
        assertThat(sequence.reusable(29)).isZero();
        sequence.rewind(40);
        assertThat(evaluatedBy(() -> appendSingly(1))).isEqualTo(11);
        assertThat(evaluatedBy(() -> appendSingly(1))).isEqualTo(1);
    }

    @Test
    void marksALengthWhoseStateHasYetToBeComputed() throws Exception {
        appendSingly(50);
        sequence.rewind(40);
        sequence.mark();
        appendSingly(5);
        assertThat(sequence.reusable(44)).isEqualTo(40);
    }

    @Test
    void keepsTheFirstAndTheLatestMarkAndSpreadsTheOthers() throws Exception {
        long before = budget.taken();
        for (int mark = 1; mark <= 100; mark++) {
            appendSingly(20);
            sequence.mark();
            assertThat(sequence.reusable(20)).isEqualTo(20);
            assertThat(sequence.reusable(20 * mark)).isEqualTo(20 * mark);
        }
        assertThat(budget.taken()).isEqualTo(before + 8 * state);
        for (int back = 20; back < 2000; back += 20) {
            int again = 2000 - back - sequence.reusable(2000 - back);
            assertThat(again).as("evaluated again %d tokens back", back).isLessThanOrEqualTo(back * 3 / 2);
        }
    }

    @Test
    void evaluatesOnlyAcceptedDraftsAgain() throws Exception {
        appendSingly(100);
        for (int round = 0; round < 5; round++) {
            int length = sequence.length();
            sequence.append(new int[] {1, 2, 3, 4, 5, 6, 7, 8}, Rows.ALL, Progress.NONE);
            sequence.rewind(length + 3);
            assertThat(sequence.reusable(length + 3)).isEqualTo(length);
            assertThat(evaluatedBy(() -> appendSingly(1))).isEqualTo(4);
        }
    }

    @Test
    void losesNoMoreThanTheBatchThatWasGivenUp() throws Exception {
        appendSingly(10);
        assertThatThrownBy(() -> sequence.append(new int[300], Rows.LAST, (done, total) -> {
                    if (done == 2 * BATCH) {
                        sequence.cancel();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        int length = sequence.length();
        assertThat(length).isEqualTo(10 + 2 * BATCH);
        assertThat(evaluatedBy(() -> appendSingly(1))).isEqualTo(1);
        architecture.giveUpNext(sequence::cancel);
        assertThatThrownBy(() -> sequence.append(new int[30], Rows.LAST, Progress.NONE))
                .isInstanceOf(InterruptedException.class);
        assertThat(evaluatedBy(() -> appendSingly(1))).isEqualTo(1);
    }

    @Test
    void countsTokensThatAreEvaluatedAgainAsProgress() throws Exception {
        appendSingly(90);
        sequence.rewind(70);
        StringBuilder told = new StringBuilder();
        sequence.append(new int[10], Rows.LAST, (done, total) -> told.append(done + "/" + total + " "));
        assertThat(told).hasToString("64/80 80/80 ");
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private int evaluatedBy(Work work) throws InterruptedException {
        int before = architecture.evaluated();
        work.run();
        return architecture.evaluated() - before;
    }

    /** Token by token, which leaves no copy of the state behind. */
    private void appendSingly(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            sequence.append(new int[] {i % RunningSum.VOCABULARY}, Rows.LAST, Progress.NONE);
        }
    }
}
