package dev.bantam.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.arch.Architecture;
import dev.bantam.engine.arch.Batch;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.RecurrentState;
import dev.bantam.engine.kernel.SequenceCache;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sequence asks of an architecture. */
class BatchingTest {
    private static final int VOCABULARY = 50;

    private final RecordingArchitecture architecture = new RecordingArchitecture();
    private Sequence sequence;

    @BeforeEach
    void open() throws Exception {
        CacheBudget budget = new CacheBudget(architecture.cacheShape(), 1 << 20, 0);
        sequence = new Evaluator(architecture, 4, "none", budget, () -> {}).newSequence(100);
    }

    @AfterEach
    void close() {
        sequence.close();
    }

    @Test
    void asksForLogitsOfTheLastTokenOnly() throws Exception {
        sequence.append(new int[] {10, 11, 12, 13, 14, 15, 16, 17, 18, 19}, Rows.LAST, Progress.NONE);
        assertThat(architecture.seen)
                .containsExactly("4 at 0, rows from 4", "4 at 4, rows from 4", "2 at 8, rows from 1");
        assertThat(logit(0)).isEqualTo(19);
    }

    @Test
    void asksForLogitsOfAllTokens() throws Exception {
        sequence.append(new int[] {10, 11, 12, 13, 14, 15}, Rows.ALL, Progress.NONE);
        assertThat(architecture.seen).containsExactly("4 at 0, rows from 0", "2 at 4, rows from 0");
        for (int row = 0; row < 6; row++) {
            assertThat(logit(row)).isEqualTo(10 + row);
        }
    }

    @Test
    void asksForNoLogits() throws Exception {
        sequence.append(new int[] {1, 2}, Rows.NONE, Progress.NONE);
        sequence.append(new int[0], Rows.LAST, Progress.NONE);
        assertThat(architecture.seen).containsExactly("2 at 0, rows from 2");
    }

    @Test
    void leavesOutABatchThatIsCancelledBetweenLayers() {
        architecture.betweenLayers = () -> {
            if (architecture.seen.size() == 2) {
                sequence.cancel();
            }
        };
        assertThatThrownBy(() -> sequence.append(new int[10], Rows.LAST, Progress.NONE))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("cancelled");
        assertThat(sequence.length()).isEqualTo(4);
    }

    @Test
    void doesNotKeepACancelForALaterAppend() throws Exception {
        sequence.cancel();
        sequence.append(new int[5], Rows.LAST, Progress.NONE);
        assertThat(sequence.length()).isEqualTo(5);
    }

    private float logit(int row) {
        float[] logits = new float[VOCABULARY];
        sequence.logits(row, logits);
        return logits[0];
    }

    /** Gives each token as its own first logit. */
    private static final class RecordingArchitecture implements Architecture {
        private final List<String> seen = new ArrayList<>();
        private Runnable betweenLayers = () -> {};

        @Override
        public void forward(Batch batch, SequenceCache cache) throws InterruptedException {
            seen.add("%d at %d, rows from %d".formatted(batch.count(), batch.position(), batch.firstRow()));
            betweenLayers.run();
            batch.check().run();
            for (int t = batch.firstRow(); t < batch.count(); t++) {
                int at = batch.logitsAt() + (t - batch.firstRow()) * VOCABULARY;
                batch.logits()[at] = batch.tokens()[batch.from() + t];
            }
        }

        @Override
        public int layers() {
            return 1;
        }

        @Override
        public int vocabularySize() {
            return VOCABULARY;
        }

        @Override
        public int contextTokens() {
            return 100;
        }

        @Override
        public long activeParameters() {
            return 0;
        }

        @Override
        public SequenceCache.Shape cacheShape() {
            return new SequenceCache.Shape(new KvCache.Shape(1, 1, 4), RecurrentState.Shape.NONE);
        }
    }
}
