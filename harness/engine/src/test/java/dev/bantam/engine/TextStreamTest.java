package dev.bantam.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextStreamTest {
    private static final String TEXT = "naïve 漢字 😀👩‍👩‍👧 end";

    private Model model;

    @BeforeEach
    void open() {
        model = Fixtures.open(Fixtures.Q8_0);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void neverGivesOutHalfACharacter() {
        TextStream stream = new TextStream(model.tokenizer());
        StringBuilder text = new StringBuilder();
        for (int token : model.tokenizer().encode(TEXT, false)) {
            String added = stream.add(token);
            assertThat(added).doesNotContain("\ufffd");
            assertThat(added.isEmpty() || !Character.isHighSurrogate(added.charAt(added.length() - 1)))
                    .isTrue();
            text.append(added);
        }
        assertThat(text.append(stream.finish())).hasToString(TEXT);
    }

    @Test
    void marksACharacterThatWasCutOff() {
        int[] tokens = model.tokenizer().encode("😀", false);
        assertThat(tokens).hasSizeGreaterThan(1);
        TextStream stream = new TextStream(model.tokenizer());
        assertThat(stream.add(tokens[0])).isEmpty();
        assertThat(stream.finish()).isEqualTo("\ufffd");
        assertThat(stream.add(model.tokenizer().encode("a", false)[0])).isEqualTo("a");
        assertThat(stream.finish()).isEmpty();
    }

    @Test
    void marksBytesThatAreNoTextAndGoesOn() {
        int[] tokens = model.tokenizer().encode("😀", false);
        TextStream stream = new TextStream(model.tokenizer());
        stream.add(tokens[0]);
        assertThat(stream.add(model.tokenizer().encode("a", false)[0])).isEqualTo("\ufffda");
    }
}
