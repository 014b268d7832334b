package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private static final String ASK =
            "<|im_start|>user\nWhich value does `TAILCOAT` have in src/helpless.py?<|im_end|>\n"
                    + "<|im_start|>assistant\n";
    private static final String CALL =
            "<tool_call>\n{\"name\": \"read\", \"arguments\": {\"path\": \"src/helpless.py\"}}\n</tool_call>";

    private Model model;
    private Sequence sequence;
    private int[] prompt;

    @BeforeEach
    void open() throws Exception {
        model = Fixtures.open(Fixtures.TINY_AGENT);
        sequence = model.newSequence(256);
        prompt = model.tokenizer().encode(ASK, true);
        Fixtures.append(sequence, model, prompt);
    }

    @AfterEach
    void close() {
        sequence.close();
        model.close();
    }

    @Test
    void endsWithTheTurnAndKeepsTheEndTokenOut() {
        List<Integer> heard = new ArrayList<>();
        Generation.Result result =
                greedy(Generation.Limits.tokens(100)).run(Steering.listening(choice -> heard.add(choice.token())));
        assertThat(result.finish()).isEqualTo(Generation.Finish.END);
        assertThat(model.tokenizer().decode(result.tokens())).isEqualTo(CALL);
        assertThat(heard)
                .containsExactlyElementsOf(
                        Arrays.stream(result.tokens()).boxed().toList());
        assertThat(result.logProbabilities()).hasSameSizeAs(result.tokens());
        for (float logProbability : result.logProbabilities()) {
            assertThat(logProbability).isBetween(-5f, 0f);
        }
        assertSequenceHolds(result);
        assertThat(greedy(Generation.Limits.tokens(9)).run(Steering.FREE).tokens())
                .isEmpty();
    }

    @Test
    void stopsAtALimitAndGoesOnFromThere() {
        Generation.Result first = greedy(Generation.Limits.tokens(5)).run(Steering.FREE);
        assertThat(first.finish()).isEqualTo(Generation.Finish.LENGTH);
        assertSequenceHolds(first);
        Generation.Result rest = greedy(Generation.Limits.tokens(100)).run(Steering.FREE);
        assertThat(model.tokenizer().decode(first.tokens()) + model.tokenizer().decode(rest.tokens()))
                .isEqualTo(CALL);
    }

    @Test
    void stopsAfterAStopTokenAndKeepsIt() {
        int close = model.tokenizer().special("</tool_call>").orElseThrow();
        Generation.Result result = greedy(Generation.Limits.tokens(100).withStopTokens(Set.of(close)))
                .run(Steering.FREE);
        assertThat(result.finish()).isEqualTo(Generation.Finish.END);
        assertThat(model.tokenizer().decode(result.tokens())).isEqualTo(CALL);
        assertSequenceHolds(result);
    }

    @Test
    void stopsWhenTheSequenceIsFull() throws Exception {
        try (Sequence small = model.newSequence(prompt.length + 3)) {
            Fixtures.append(small, model, prompt);
            Generation.Result result = new Generation(
                            small,
                            model.tokenizer(),
                            new Sampler(SamplerSettings.greedy()),
                            Generation.Limits.tokens(100))
                    .run(Steering.FREE);
            assertThat(result.finish()).isEqualTo(Generation.Finish.LENGTH);
            assertThat(result.tokens()).hasSize(3);
        }
    }

    @Test
    void stopsWhenCancelled() {
        Generation generation = greedy(Generation.Limits.tokens(100));
        List<Integer> heard = new ArrayList<>();
        Generation.Result result = generation.run(choice -> {
            heard.add(choice.token());
            if (heard.size() == 4) {
                generation.cancel();
            }
            return Steering.Next.GO;
        });
        assertThat(result.finish()).isEqualTo(Generation.Finish.CANCELLED);
        assertThat(result.tokens()).hasSize(4);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertSequenceHolds(result);
    }

    @Test
    void stopsWhenInterruptedAndLeavesTheFlagSet() {
        Generation.Result result = greedy(Generation.Limits.tokens(100))
                .run(Steering.listening(choice -> Thread.currentThread().interrupt()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.finish()).isEqualTo(Generation.Finish.CANCELLED);
        assertThat(result.tokens()).hasSize(1);
        assertSequenceHolds(result);
    }

    @Test
    void givesTheSameTokensForTheSameSeedWithAnyNumberOfThreads() throws Exception {
        int[] first = sampled(model, 17);
        assertThat(sampled(model, 17)).isEqualTo(first);
        assertThat(sampled(model, 18)).isNotEqualTo(first);
        for (int threads = 1; threads <= 3; threads++) {
            try (Model other = Fixtures.open(Fixtures.TINY_AGENT, Fixtures.EXACT.withThreads(threads))) {
                assertThat(sampled(other, 17)).isEqualTo(first);
            }
        }
    }

    private int[] sampled(Model model, long seed) throws Exception {
        try (Sequence own = model.newSequence(256)) {
            Fixtures.append(own, model, prompt);
            Sampler sampler = new Sampler(new SamplerSettings(4f, 40, 1, 0, 1.1f, 0.1f, seed));
            return new Generation(own, model.tokenizer(), sampler, Generation.Limits.tokens(60))
                    .run(Steering.FREE)
                    .tokens();
        }
    }

    private Generation greedy(Generation.Limits limits) {
        return new Generation(sequence, model.tokenizer(), new Sampler(SamplerSettings.greedy()), limits);
    }

    private void assertSequenceHolds(Generation.Result result) {
        int[] held = sequence.tokens();
        assertThat(Arrays.copyOf(held, prompt.length)).isEqualTo(prompt);
        assertThat(Arrays.copyOfRange(held, prompt.length, held.length)).isEqualTo(result.tokens());
    }
}
