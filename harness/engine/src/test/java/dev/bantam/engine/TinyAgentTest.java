package dev.bantam.engine;

import static dev.bantam.engine.Fixtures.ints;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trained model on real tasks: prompts and greedy completions recorded from llama.cpp with the same file. */
class TinyAgentTest {
    private static Model model;

    @BeforeAll
    static void open() {
        model = Fixtures.open(Fixtures.TINY_AGENT);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1-fix", "2-stub", "3-rename", "4-find", "5-create", "6-recover_edit", "7-fix2", "8-question"})
    void actsAsRecorded(String transcript) throws Exception {
        try (Sequence sequence = model.newSequence(2048)) {
            for (JsonNode turn :
                    Fixtures.json("tiny-agent/" + transcript + ".json").get("turns")) {
                int[] prompt = model.tokenizer().encode(turn.get("prompt").asText(), true);
                assertThat(prompt).hasSize(turn.get("prompt_tokens").asInt());
                PrefixReuse.bring(sequence, prompt, Progress.NONE);
                Sampler sampler = new Sampler(SamplerSettings.greedy());
                Generation.Result reply = new Generation(
                                sequence, model.tokenizer(), sampler, Generation.Limits.tokens(512))
                        .run(Steering.FREE);
                assertThat(reply.finish()).isEqualTo(Generation.Finish.END);
                assertThat(reply.tokens()).isEqualTo(withoutEnd(ints(turn.get("completion_ids"))));
                assertThat(model.tokenizer().decode(reply.tokens()))
                        .isEqualTo(turn.get("completion").asText());
            }
        }
    }

    @Test
    void tellsItsFacts() {
        ModelFacts facts = model.facts();
        assertThat(facts.name()).isEqualTo("bantam-tiny-agent");
        assertThat(facts.architecture()).isEqualTo("qwen3moe");
        assertThat(facts.quantization()).isEqualTo("Q8_0");
        assertThat(facts.totalParameters()).isBetween(9_600_000L, 9_700_000L);
        assertThat(facts.activeParameters()).isBetween(3_700_000L, 3_800_000L);
        assertThat(facts.contextTokens()).isEqualTo(2048);
        assertThat(facts.layers()).isEqualTo(5);
        assertThat(facts.vocabularySize()).isEqualTo(3072);
        assertThat(facts.cacheBytesPerToken()).isEqualTo(2L * 5 * 2 * 64 * 4);
        assertThat(facts.recurrent()).isFalse();
        assertThat(model.chatTemplate().orElseThrow()).contains("<|im_start|>");
        assertThat(model.metadata()).containsEntry("general.name", "bantam-tiny-agent");
    }

    private int[] withoutEnd(int[] completion) {
        int last = completion.length - 1;
        assertThat(model.tokenizer().isEndOfGeneration(completion[last])).isTrue();
        return Arrays.copyOf(completion, last);
    }
}
