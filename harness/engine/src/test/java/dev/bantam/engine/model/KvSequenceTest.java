package dev.bantam.engine.model;

import static dev.bantam.engine.Fixtures.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Mark;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All comparisons are exact: how tokens came into a sequence must not change a bit of its logits. */
class KvSequenceTest {
    private static final int[] TOKENS = new Random(3).ints(300, 0, 1000).toArray();

    private Model model;
    private Sequence sequence;
    private float[] fresh; // after all TOKENS

    @BeforeEach
    void open() throws Exception {
        model = Fixtures.open(Fixtures.Q8_0);
        sequence = model.newSequence(512);
        fresh = append(sequence, model, TOKENS);
    }

    @AfterEach
    void close() {
        sequence.close();
        model.close();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "7,2", "64,3", "299,2", "512,1"})
    void givesTheSameLogitsForAnyBatchSizeAndNumberOfThreads(int batch, int threads) throws Exception {
        EngineOptions options = Fixtures.EXACT.withBatchTokens(batch).withThreads(threads);
        try (Model other = Fixtures.open(Fixtures.Q8_0, options);
                Sequence same = other.newSequence(512)) {
            assertThat(append(same, other, TOKENS)).isEqualTo(fresh);
        }
    }

    @Test
    void givesTheSameLogitsTokenByToken() throws Exception {
        try (Sequence single = model.newSequence(512)) {
            float[] logits = {};
            for (int token : TOKENS) {
                logits = append(single, model, token);
            }
            assertThat(logits).isEqualTo(fresh);
        }
    }

    @Test
    void givesTheLogitsOfEveryRowAcrossBatches() throws Exception {
        EngineOptions options = Fixtures.EXACT.withBatchTokens(50);
        try (Model other = Fixtures.open(Fixtures.Q8_0, options);
                Sequence all = other.newSequence(512);
                Sequence single = other.newSequence(512)) {
            all.append(TOKENS, Rows.ALL, Progress.NONE);
            for (int row = 0; row < TOKENS.length; row++) {
                assertThat(Fixtures.logits(all, other, row)).isEqualTo(append(single, other, TOKENS[row]));
            }
        }
    }

    @Test
    void replaysAfterARewindAsIfNothingHadHappened() throws Exception {
        sequence.rewind(100);
        append(sequence, model, 5, 6, 7);
        Mark mark = new Mark(100);
        sequence.rewind(mark.length());
        assertThat(append(sequence, model, from(100))).isEqualTo(fresh);
        assertThat(sequence.mark()).isEqualTo(new Mark(TOKENS.length));
        assertThat(sequence.tokens()).isEqualTo(TOKENS);
    }

    @Test
    void hasNoLogitsAfterARewindOrWhenNoneWereAskedFor() throws Exception {
        sequence.rewind(sequence.length());
        assertThat(Fixtures.logits(sequence, model, 0)).isEqualTo(fresh);
        sequence.rewind(20);
        assertThatThrownBy(() -> Fixtures.logits(sequence, model, 0)).isInstanceOf(IllegalStateException.class);
        sequence.append(from(20), Rows.NONE, Progress.NONE);
        assertThatThrownBy(() -> Fixtures.logits(sequence, model, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forksIntoIndependentCopies() throws Exception {
        sequence.rewind(150);
        append(sequence, model, 9);
        try (Sequence fork = sequence.fork()) {
            assertThat(Fixtures.logits(fork, model, 0)).isEqualTo(Fixtures.logits(sequence, model, 0));
            append(fork, model, 1, 2, 3);
            fork.rewind(150);
            sequence.rewind(150);
            append(sequence, model, 8);
            assertThat(append(fork, model, from(150))).isEqualTo(fresh);
            assertThat(sequence.length()).isEqualTo(151);
        }
    }

    @Test
    void stopsBetweenBatchesWhenCancelledAndStaysUsable() throws Exception {
        EngineOptions options = Fixtures.EXACT.withBatchTokens(32);
        try (Model other = Fixtures.open(Fixtures.Q8_0, options);
                Sequence cancelled = other.newSequence(512)) {
            List<Integer> reported = new ArrayList<>();
            assertThatThrownBy(() -> cancelled.append(TOKENS, Rows.LAST, (done, total) -> {
                        reported.add(done);
                        if (done == 96) {
                            cancelled.cancel();
                        }
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(reported).containsExactly(32, 64, 96);
            assertThat(cancelled.tokens()).isEqualTo(Arrays.copyOf(TOKENS, 96));
            assertThat(append(cancelled, other, from(96))).isEqualTo(fresh);
        }
    }

    @Test
    void stopsAtAnyMomentWhenAVirtualThreadIsInterrupted() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            sequence.rewind(0);
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread reader = Thread.startVirtualThread(() -> {
                try {
                    sequence.append(TOKENS, Rows.LAST, Progress.NONE);
                } catch (Throwable reason) {
                    ended.set(reason);
                }
            });
            Thread.sleep(random.nextInt(12));
            reader.interrupt();
            reader.join();
            if (ended.get() != null) {
                assertThat(ended.get()).as("seed %d", seed).isInstanceOf(InterruptedException.class);
                append(sequence, model, from(sequence.length()));
            }
            assertThat(Fixtures.logits(sequence, model, 0)).as("seed %d", seed).isEqualTo(fresh);
        }
    }

    @Test
    void letsSequencesOfOneModelTakeTurns() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<float[]> read = () -> {
                try (Sequence own = model.newSequence(512)) {
                    append(own, model, Arrays.copyOf(TOKENS, 40));
                    return append(own, model, from(40));
                }
            };
            for (Future<float[]> logits : threads.invokeAll(List.of(read, read, read, read))) {
                assertThat(logits.get()).isEqualTo(fresh);
            }
        }
    }

    @Test
    void refusesWhatDoesNotFitAndChangesNothing() {
        assertThatThrownBy(() -> append(sequence, model, new int[213]))
                .hasMessage("213 tokens do not fit: 300 of 512 are held");
        assertThatThrownBy(() -> append(sequence, model, 4, 1024))
                .hasMessage("token 1024; the vocabulary has 0 to 1023");
        assertThatThrownBy(() -> sequence.rewind(301)).hasMessage("a rewind to 301; the length is 300");
        assertThat(Fixtures.logits(sequence, model, 0)).isEqualTo(fresh);
        assertThatThrownBy(() -> model.newSequence(4097)).hasMessageContaining("this model was trained for 1 to 4096");
    }

    @Test
    void countsMemoryBeforeItIsTaken() throws Exception {
        long perToken = model.facts().cacheBytesPerToken();
        assertThat(perToken).isEqualTo(2L * 4 * 64 * 4);
        EngineOptions options = Fixtures.EXACT.withCacheBytes(1030 * perToken); // eight blocks of 128 tokens
        try (Model small = Fixtures.open(Fixtures.Q8_0, options)) {
            Sequence first = small.newSequence(600);
            assertThatThrownBy(() -> small.newSequence(600))
                    .isInstanceOf(CacheMemoryException.class)
                    .hasMessage("a context of 600 tokens needs 1.3 MiB (2.0 KiB a token), and 0.8 MiB are left for it;"
                            + " at most 384 tokens fit");
            assertThatThrownBy(first::fork).isInstanceOf(CacheMemoryException.class);
            first.close();
            first.close();
            small.newSequence(1000).close();
        }
    }

    @Test
    void saysSoWhenTheModelIsClosed() {
        model.close();
        model.close();
        assertThatThrownBy(() -> append(sequence, model, 1)).hasMessage("the model is closed");
        sequence.close();
        assertThatThrownBy(() -> append(sequence, model, 1)).hasMessage("the sequence is closed");
    }

    private static int[] from(int start) {
        return Arrays.copyOfRange(TOKENS, start, TOKENS.length);
    }
}
