package dev.bantam.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.CacheType;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.kernel.KvCache;
import dev.bantam.engine.kernel.KvType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Appends, rewinds, marks, forks, saves, restores, cancels and closes in any order, with several sequences: whatever came
 * before, the logits have the bits of a fresh evaluation, and all memory comes back.
 */
class SequenceFuzzTest {
    private static final int CAPACITY = 600;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<Sequence> open = new ArrayList<>();
    private final List<int[]> saved = new ArrayList<>(); // the tokens in each file

    @TempDir
    private Path folder;

    private Source source;

    /** Where sequences come from, and the largest token. */
    private record Source(Maker maker, int vocabulary) {
        interface Maker {
            Sequence make() throws CacheMemoryException;
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsARecurrentModelExact(KvType type) throws Exception {
        for (int blocks : new int[] {100, 12}) { // plenty, and so little that forks and copies are refused
            RunningSum architecture = new RunningSum(type);
            long bytes = blocks * architecture.cacheShape().attention().bytesPerBlock();
            CacheBudget budget = new CacheBudget(architecture.cacheShape(), bytes, 5 * 8);
            Evaluator evaluator = new Evaluator(architecture, 64, "sum", budget, () -> {});
            source = new Source(() -> evaluator.newSequence(CAPACITY), RunningSum.VOCABULARY);
            run(1000);
            assertThat(budget.taken()).as(replay()).isZero();
        }
    }

    static Stream<Arguments> models() {
        return Stream.of(Fixtures.Q8_0, Fixtures.FOLDER.resolve("qwen35moe-t-Q8_0.gguf"))
                .flatMap(file -> Stream.of(CacheType.values()).map(type -> Arguments.of(file, type)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void keepsRealModelsExact(Path file, CacheType type) throws Exception {
        try (Model model =
                Fixtures.open(file, Fixtures.EXACT.withCacheType(type).withBatchTokens(100))) {
            source = new Source(() -> model.newSequence(CAPACITY), 1000);
            run(25);
        }
        try (Model model = Fixtures.open(file, Fixtures.EXACT.withCacheBytes(1 << 25))) {
            long block = model.facts().cacheBytesPerToken() * KvCache.BLOCK;
            int most = (int) (((1 << 25) * 7L / 8 - model.facts().bytesPerSequence()) / block) * KvCache.BLOCK;
            source = new Source(() -> model.newSequence(CAPACITY), 1000);
            run(5);
            model.newSequence(Math.min(most, model.facts().contextTokens())).close();
        }
    }

    private void run(int rounds) throws Exception {
        saved.clear();
        for (int round = 0; round < rounds; round++) {
            try {
                step(round);
            } catch (CacheMemoryException full) {
                close(random.nextInt(open.size()));
            } catch (RuntimeException | Error wrong) {
                throw new AssertionError(replay() + ", round " + round, wrong);
            }
        }
        while (!open.isEmpty()) {
            close(0);
        }
    }

    private void step(int round) throws Exception {
        if (open.isEmpty()) {
            open.add(source.maker.make());
        }
        int chosen = random.nextInt(open.size());
        Sequence sequence = open.get(chosen);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> appendSome(sequence);
            case 4, 5 -> sequence.rewind(random.nextInt(sequence.length() + 1));
            case 6 -> sequence.rewind(Math.max(0, sequence.length() - random.nextInt(5)));
            case 7 -> sequence.mark();
            case 8 -> open.add(random.nextBoolean() ? sequence.fork() : source.maker.make());
            case 9 -> appendCancelled(sequence);
            case 10 -> saveOrRestore(sequence, round);
            default -> {
                if (open.size() > 3 || random.nextInt(4) == 0) {
                    close(chosen);
                }
            }
        }
    }

    private void appendSome(Sequence sequence) throws Exception {
        int count =
                Math.min(sequence.capacity() - sequence.length(), 1 + random.nextInt(random.nextBoolean() ? 8 : 200));
        if (count == 0) {
            return;
        }
        int before = sequence.length();
        Rows rows = Rows.values()[random.nextInt(3)];
        int[] marks = random.ints(random.nextInt(3), before, before + count + 1).toArray();
        int[] held = sequence.tokens();
        try {
            sequence.append(tokens(count), marks, rows, Progress.NONE);
        } catch (IllegalStateException full) {
            assertThat(full).as(replay()).hasCauseInstanceOf(CacheMemoryException.class);
            assertThat(sequence.tokens()).as(replay()).isEqualTo(held);
            return;
        }
        if (rows != Rows.NONE) {
            verify(sequence, rows == Rows.ALL ? count - 1 : 0);
        }
    }

    private void appendCancelled(Sequence sequence) throws Exception {
        int count = Math.min(sequence.capacity() - sequence.length(), 150);
        int[] held = sequence.tokens();
        try {
            sequence.append(tokens(count), Rows.LAST, (done, total) -> sequence.cancel());
        } catch (InterruptedException cancelled) {
            assertThat(Arrays.copyOf(sequence.tokens(), held.length))
                    .as(replay())
                    .isEqualTo(held);
        } catch (IllegalStateException full) {
            assertThat(full).as(replay()).hasCauseInstanceOf(CacheMemoryException.class);
        }
    }

    private void saveOrRestore(Sequence sequence, int round) throws Exception {
        if (saved.isEmpty() || random.nextBoolean()) {
            sequence.save(folder.resolve(saved.size() + ".sequence"));
            saved.add(sequence.tokens());
            return;
        }
        int file = random.nextInt(saved.size());
        try {
            sequence.restore(folder.resolve(file + ".sequence"));
        } catch (IllegalStateException full) {
            assertThat(full).as(replay()).hasCauseInstanceOf(CacheMemoryException.class);
            return;
        }
        assertThat(sequence.tokens()).as(replay()).isEqualTo(saved.get(file));
        if (round % 2 == 0) {
            appendSome(sequence);
        }
    }

    /** Against the same tokens in a new sequence; when there is no memory for it, a sequence is closed and this round ends. */
    private void verify(Sequence sequence, int row) throws Exception {
        try (Sequence fresh = source.maker.make()) {
            fresh.append(sequence.tokens(), Rows.LAST, Progress.NONE);
            assertThat(logits(sequence, row)).as(replay()).isEqualTo(logits(fresh, 0));
        }
    }

    private float[] logits(Sequence sequence, int row) {
        float[] logits = new float[1024];
        sequence.logits(row, logits);
        return logits;
    }

    private void close(int index) {
        open.remove(index).close();
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, source.vocabulary).toArray();
    }

    private String replay() {
        return "seed " + seed;
    }
}
