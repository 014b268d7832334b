package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SteeringTest {
    private static final String ASK =
            "<|im_start|>user\nWhich value does `TAILCOAT` have in src/helpless.py?<|im_end|>\n"
                    + "<|im_start|>assistant\n";
    private static final List<String> CALLS = List.of(
            "\n{\"name\": \"read\", \"arguments\": {\"path\": \"src/other.py\"}}\n</tool_call>",
            "\n{\"name\": \"read\", \"arguments\": {\"path\": \"src/helpless.py\", \"offset\": 10}}\n</tool_call>");

    private Model model;
    private Tokenizer tokenizer;
    private Sequence sequence;
    private int[] prompt;

    @BeforeEach
    void open() throws Exception {
        model = Fixtures.open(Fixtures.TINY_AGENT);
        tokenizer = model.tokenizer();
        sequence = model.newSequence(512);
        prompt = tokenizer.encode(ASK, true);
        Fixtures.append(sequence, model, prompt);
    }

    @AfterEach
    void close() {
        sequence.close();
        model.close();
    }

    @Test
    void holdsWhatFollowsToALanguageAndThenLetsGo() {
        int opening = tokenizer.special("<tool_call>").orElseThrow();
        Generation.Result result = greedy().run(choice -> choice.token() == opening
                ? new Steering.Next.Hold(new OneOfTexts(tokenizer, CALLS))
                : Steering.Next.GO);
        assertThat(tokenizer.decode(result.tokens())).isEqualTo("<tool_call>" + CALLS.get(1));
        assertThat(result.finish()).isEqualTo(Generation.Finish.END);
        assertThat(result.work().forced()).isPositive();
        assertThat(result.work().forwardPasses()).isLessThan(result.tokens().length);
        assertHolds(result);
    }

    @Test
    void choosesTheSameUnderAMaskWhetherForcedTokensComeInABatchOrNot() throws Exception {
        int opening = tokenizer.special("<tool_call>").orElseThrow();
        Steering held = choice ->
                choice.token() == opening ? new Steering.Next.Hold(new OneOfTexts(tokenizer, CALLS)) : Steering.Next.GO;
        int[] tokens = greedy().run(held).tokens();
        float[] batched = logits();
        sequence.rewind(prompt.length);
        for (int token : tokens) {
            Fixtures.append(sequence, model, new int[] {token});
        }
        assertThat(logits()).isEqualTo(batched);
    }

    @Test
    void putsTokensInAndGoesOnFromThem() {
        int[] inserted = tokenizer.encode("I look at it.", false);
        List<Integer> heard = new ArrayList<>();
        Generation.Result result = greedy().run(choice -> {
            heard.add(choice.token());
            return heard.size() == 1 ? new Steering.Next.Insert(inserted) : Steering.Next.GO;
        });
        assertThat(Arrays.copyOfRange(result.tokens(), 1, 1 + inserted.length)).isEqualTo(inserted);
        assertThat(result.logProbabilities()[1]).isZero();
        assertThat(heard)
                .containsExactlyElementsOf(
                        Arrays.stream(result.tokens()).boxed().toList());
        assertHolds(result);
    }

    @Test
    void takesATurnUpAgainInsteadOfEndingIt() {
        int[] call = tokenizer.encode("<tool_call>", true);
        List<String> ends = new ArrayList<>();
        Generation.Result result = greedy().run(new Steering() {
            @Override
            public Next after(Sampler.Choice choice) {
                return Next.GO;
            }

            @Override
            public Next atEnd() {
                ends.add("asked");
                return ends.size() == 1 ? new Next.Insert(call) : Next.GO;
            }
        });
        String text = tokenizer.decode(result.tokens());
        assertThat(text.indexOf("</tool_call><tool_call>")).isPositive();
        assertThat(ends).hasSizeGreaterThanOrEqualTo(2);
        assertHolds(result);
    }

    @Test
    void stopsWhenToldTo() {
        Generation.Result result = greedy().run(choice -> new Steering.Next.Stop(Generation.Finish.LOOP));
        assertThat(result.finish()).isEqualTo(Generation.Finish.LOOP);
        assertThat(result.tokens()).hasSize(1);
        assertHolds(result);
    }

    @Test
    void draftsChangeNothingButTheWork() throws Exception {
        Random random = new Random(5);
        int saved = 0;
        for (int round = 0; round < 12; round++) {
            float temperature = round % 3 == 0 ? 0 : 0.7f;
            int[] context = repetitive(random);
            Generation.Result plain = from(context, temperature, round, false);
            Generation.Result drafted = from(context, temperature, round, true);
            assertThat(drafted.tokens()).as("seed 5, round " + round).isEqualTo(plain.tokens());
            assertThat(drafted.logProbabilities()).isEqualTo(plain.logProbabilities());
            assertThat(drafted.finish()).isEqualTo(plain.finish());
            saved += plain.work().forwardPasses() - drafted.work().forwardPasses();
        }
        assertThat(saved).isPositive();
    }

    /** A prompt that shows a file, and a reply that has begun to repeat it. */
    private int[] repetitive(Random random) {
        StringBuilder file = new StringBuilder();
        for (int line = 0; line < 12; line++) {
            file.append("value_")
                    .append(random.nextInt(1000))
                    .append(" = ")
                    .append(random.nextInt(100))
                    .append('\n');
        }
        String text = "<|im_start|>user\n" + file + "<|im_end|>\n<|im_start|>assistant\n" + file
                + file.substring(0, file.length() / 3);
        return tokenizer.encode(text, true);
    }

    private Generation.Result from(int[] context, float temperature, long seed, boolean lookup) throws Exception {
        try (Sequence own = model.newSequence(2048)) {
            Fixtures.append(own, model, context);
            SamplerSettings settings = new SamplerSettings(temperature, 20, 0.95f, 0, 1.02f, 0, seed);
            Generation.Limits limits = Generation.Limits.tokens(80).withLookup(lookup);
            Generation.Result result = new Generation(own, tokenizer, new Sampler(settings), limits).run(Steering.FREE);
            int[] held = own.tokens();
            assertThat(Arrays.copyOfRange(held, context.length, held.length)).isEqualTo(result.tokens());
            own.logits(0, new float[tokenizer.vocabularySize()]);
            return result;
        }
    }

    private Generation greedy() {
        return new Generation(
                sequence, tokenizer, new Sampler(SamplerSettings.greedy()), Generation.Limits.tokens(100));
    }

    private float[] logits() {
        float[] logits = new float[tokenizer.vocabularySize()];
        sequence.logits(0, logits);
        return logits;
    }

    private void assertHolds(Generation.Result result) {
        int[] held = sequence.tokens();
        assertThat(Arrays.copyOfRange(held, prompt.length, held.length)).isEqualTo(result.tokens());
        logits();
    }
}
