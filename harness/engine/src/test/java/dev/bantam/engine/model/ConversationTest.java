package dev.bantam.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.Fixtures;
import dev.bantam.engine.Model;
import dev.bantam.engine.PrefixReuse;
import dev.bantam.engine.Progress;
import dev.bantam.engine.Rows;
import dev.bantam.engine.Sequence;
import dev.bantam.engine.kernel.KvType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forty turns as an agent has them: what models with recurrent layers evaluate twice must stay below 2%. */
class ConversationTest {
    private final Random random = new Random(5);
    private final List<Integer> text = new ArrayList<>(); // the conversation's tokens
    private final List<Integer> stops =
            new ArrayList<>(); // after the system prompt, and where each user message begins
    private int wanted; // tokens that were new when they were asked for
    private int evaluated;

    @Test
    void evaluatesHardlyMoreThanWhatIsNew() throws Exception {
        RunningSum architecture = new RunningSum(KvType.F32);
        CacheBudget budget = new CacheBudget(architecture.cacheShape(), 1 << 24, 1 << 10);
        Evaluator evaluator = new Evaluator(architecture, 64, "sum", budget, () -> {});
        try (Sequence sequence = evaluator.newSequence(8000)) {
            converse(sequence, 150);
            assertThat(architecture.evaluated()).isEqualTo(evaluated);
            assertEndsLike(sequence, evaluator.newSequence(8000), RunningSum.VOCABULARY);
        }
        assertThat(budget.taken()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen35moe-t-Q8_0.gguf", "qwen3moe-t-Q8_0.gguf"})
    void evaluatesHardlyMoreThanWhatIsNewWithRealModels(String file) throws Exception {
        try (Model model = Fixtures.open(Fixtures.FOLDER.resolve(file));
                Sequence sequence = model.newSequence(2000)) {
            converse(sequence, 30);
            assertEndsLike(sequence, model.newSequence(2000), model.facts().vocabularySize());
        }
    }

    /** 40 turns, undone after the 10th, 20th and 35th; an aside after the 15th; a compaction after the 25th. */
    private void converse(Sequence sequence, int longestMessage) throws Exception {
        write(3 * longestMessage);
        stops.add(text.size());
        for (int turn = 1; turn <= 40; turn++) {
            turn(sequence, longestMessage);
            if (turn == 10 || turn == 20 || turn == 35) {
                undo(1 + random.nextInt(4));
            }
            if (turn == 15) {
                try (Sequence aside = sequence.fork()) {
                    List<Integer> before = List.copyOf(text);
                    turn(aside, longestMessage);
                    text.clear();
                    text.addAll(before);
                    stops.removeLast();
                }
            }
            if (turn == 25) {
                text.subList(stops.getFirst(), text.size()).clear();
                stops.subList(1, stops.size()).clear();
                write(longestMessage);
            }
        }
        assertThat((double) evaluated / wanted).isLessThanOrEqualTo(1.02);
    }

    /** A user message, a reply with a tool call, the tool's result and a last reply. */
    private void turn(Sequence sequence, int longestMessage) throws Exception {
        stops.add(text.size());
        write(1 + random.nextInt(longestMessage));
        bring(sequence);
        reply(sequence, 1 + random.nextInt(10));
        write(1 + random.nextInt(longestMessage));
        bring(sequence);
        reply(sequence, 1 + random.nextInt(20));
    }

    private void undo(int turns) {
        int to = stops.get(stops.size() - turns);
        text.subList(to, text.size()).clear();
        stops.subList(stops.size() - turns, stops.size()).clear();
    }

    private void bring(Sequence sequence) throws Exception {
        int[] tokens = tokens();
        int[] held = sequence.tokens();
        int same = 0;
        while (same < Math.min(held.length, tokens.length) && held[same] == tokens[same]) {
            same++;
        }
        wanted += tokens.length - same;
        PrefixReuse reuse = PrefixReuse.bring(
                sequence, tokens, stops.stream().mapToInt(i -> i).toArray(), Progress.NONE);
        assertThat(reuse.cached() + reuse.evaluated()).isEqualTo(tokens.length);
        evaluated += reuse.evaluated();
    }

    private void reply(Sequence sequence, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            write(1);
            sequence.append(new int[] {text.getLast()}, Rows.LAST, Progress.NONE);
        }
        wanted += count;
        evaluated += count;
    }

    private void write(int count) {
        random.ints(count, 0, RunningSum.VOCABULARY).forEach(text::add);
    }

    private int[] tokens() {
        return text.stream().mapToInt(i -> i).toArray();
    }

    private void assertEndsLike(Sequence sequence, Sequence fresh, int vocabulary) throws Exception {
        try (fresh) {
            assertThat(sequence.tokens()).isEqualTo(tokens());
            fresh.append(tokens(), Rows.LAST, Progress.NONE);
            float[] expected = new float[vocabulary];
            float[] logits = new float[vocabulary];
            fresh.logits(0, expected);
            sequence.logits(0, logits);
            assertThat(logits).isEqualTo(expected);
        }
    }
}
