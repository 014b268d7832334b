package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The program in the package's documentation, run. */
class TutorialTest {
    private final StringBuilder shown = new StringBuilder();

    @Test
    void generatesText() throws Exception {
        tutorial(Fixtures.TINY_AGENT, "<|im_start|>user\nAdd a constant TIMEOUT to src/a.py.<|im_end|>\n");
        assertThat(shown.toString()).startsWith("<tool_call>\n{\"name\": ").endsWith("}}\n</tool_call>");
    }

    private void tutorial(Path file, String question) throws Exception {
        try (Model model = Engine.open(file, EngineOptions.defaults());
                Sequence sequence = model.newSequence(2048)) {
            Tokenizer tokenizer = model.tokenizer();
            int[] prompt = tokenizer.encode(question + "<|im_start|>assistant\n", true);
            PrefixReuse.bring(sequence, prompt, Progress.NONE);

            Sampler sampler = new Sampler(SamplerSettings.greedy());
            TextStream text = new TextStream(tokenizer);
            new Generation(sequence, tokenizer, sampler, Generation.Limits.tokens(200))
                    .run(Steering.listening(choice -> shown.append(text.add(choice.token()))));
            shown.append(text.finish());
        }
    }
}
