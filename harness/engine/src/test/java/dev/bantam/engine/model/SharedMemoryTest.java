package dev.bantam.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.KvType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory is counted in blocks of 128 tokens; what forks share counts once. */
class SharedMemoryTest {
    private static final int BLOCK = KvCache.BLOCK;

    private final RunningSum architecture = new RunningSum(KvType.F16);
    private final long once = CacheBudget.bytesPerSequence(architecture.cacheShape());
    private CacheBudget budget;
    private Evaluator evaluator;
    private Sequence sequence;

    @BeforeEach
    void open() throws Exception {
        long bytes = 10 * architecture.cacheShape().attention().bytesPerBlock() + 3 * once;
        budget = new CacheBudget(architecture.cacheShape(), bytes, 0);
        evaluator = new Evaluator(architecture, 64, "sum", budget, () -> {});
        sequence = evaluator.newSequence(6 * BLOCK);
        append(sequence, 3 * BLOCK);
    }

    @AfterEach
    void givesAllBack() {
        sequence.close();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void countsSharedBlocksOnce() throws Exception {
        assertBlocks(6, 1);
        try (Sequence fork = sequence.fork()) {
            assertBlocks(6 + 3, 2);
            append(fork, 3 * BLOCK);
            append(sequence, 3 * BLOCK);
            assertBlocks(6 + 3, 2);
        }
        assertBlocks(6, 1);
    }

    @Test
    void keepsSharedBlocksUntilTheLastSharerCloses() throws Exception {
        Sequence fork = sequence.fork();
        sequence.close();
        assertBlocks(6, 1);
        append(fork, 10);
        fork.close();
    }

    @Test
    void countsTheCopyOfABlockThatIsNotFullWhenItForks() throws Exception {
        append(sequence, 1);
        try (Sequence fork = sequence.fork()) {
            assertBlocks(6 + 3, 2); // of four blocks, three are full
            append(sequence, 1);
            append(fork, 1);
            assertBlocks(6 + 3, 2);
        }
        Sequence fork = sequence.fork();
        fork.close(); // what was paid in advance comes back
        assertBlocks(6, 1);
    }

    @Test
    void copiesWhatARewoundForkWritesAndRefusesWhenThereIsNoRoom() throws Exception {
        Sequence other = evaluator.newSequence(1);
        try (Sequence fork = sequence.fork()) {
            assertBlocks(10, 3);
            fork.rewind(BLOCK + 5);
            assertThatThrownBy(() -> append(fork, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("close a fork")
                    .hasCauseInstanceOf(CacheMemoryException.class);
            assertThat(fork.length()).isEqualTo(BLOCK + 5);
            sequence.close();
            append(fork, 1);
            assertBlocks(7, 2);
        }
        other.close();
    }

    @Test
    void tellsWhatASequenceNeedsAndWhatWouldFit() {
        assertThatThrownBy(() -> evaluator.newSequence(5 * BLOCK))
                .isInstanceOf(CacheMemoryException.class)
                .hasMessage("a context of 640 tokens needs 0.1 MiB (0.1 KiB a token and 0.0 MiB once), and 0.1 MiB are"
                        + " left for it; at most 512 tokens fit");
    }

    private void assertBlocks(int blocks, int sequences) {
        assertThat(budget.taken())
                .isEqualTo(blocks * architecture.cacheShape().attention().bytesPerBlock() + sequences * once);
    }

    private static void append(Sequence to, int count) throws InterruptedException {
        to.append(new int[count], Rows.NONE, Progress.NONE);
    }
}
