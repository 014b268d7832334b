package dev.bantam.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.TextStream;
import dev.bantam.engine.Tokenizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentencePieceTest {
    private static final int FIRST = 259; // behind three special tokens and 256 bytes
    private static final List<String> PIECES = List.of("▁", "h", "e", "l", "o", "he", "ll", "hell", "▁hell", "lo", "x");
    private static final List<Float> SCORES = List.of(-9f, -9f, -9f, -9f, -9f, -1f, -3f, -4f, -5f, -2f, -9f);

    @Test
    void putsASpaceBeforeTextAndJoinsByScore() throws ModelFileException {
        Tokenizer tokenizer = Tokenizers.open(vocabulary());
        // ▁ h e l l o: "he" (-1), then "lo" (-2) before "ll" (-3), which then has no neighbour left
        assertThat(tokenizer.encode("hello", false)).containsExactly(piece("▁", "he", "l", "lo"));
        assertThat(tokenizer.encode("hell", false)).containsExactly(piece("▁hell"));
        assertThat(tokenizer.encode("x hell", false)).containsExactly(piece("▁", "x", "▁hell"));
        assertThat(tokenizer.encode("", false)).isEmpty();
    }

    @Test
    void putsASpaceAfterEverySpecialTokenAndNowhereElse() throws ModelFileException {
        Tokenizer tokenizer = Tokenizers.open(vocabulary());
        assertThat(tokenizer.encode("<s>x</s>x", true)).containsExactly(1, at("▁"), at("x"), 2, at("▁"), at("x"));
        assertThat(tokenizer.encode("<s>", true)).containsExactly(1);
    }

    @Test
    void putsNoSpaceWhereTheFileSaysSo() throws ModelFileException {
        Map<String, Object> metadata = vocabulary();
        metadata.put("add_space_prefix", false);
        Tokenizer tokenizer = Tokenizers.open(metadata);
        assertThat(tokenizer.encode("hell", false)).containsExactly(piece("hell"));
        assertThat(tokenizer.decode(piece("▁hell"))).isEqualTo(" hell");
    }

    @Test
    void spellsCharactersThatAreNoTokensInBytes() throws ModelFileException {
        Tokenizer tokenizer = Tokenizers.open(vocabulary());
        assertThat(tokenizer.encode("xé\n", false)).containsExactly(at("▁"), at("x"), 3 + 0xc3, 3 + 0xa9, 3 + '\n');
        assertThat(tokenizer.piece(3 + 0xc3)).containsExactly(0xc3);
    }

    @Test
    void takesOneSpaceAwayFromTheFirstTokenWhenItDecodes() throws ModelFileException {
        Tokenizer tokenizer = Tokenizers.open(vocabulary());
        assertThat(tokenizer.decode(piece("▁hell", "▁hell"))).isEqualTo("hell hell");
        assertThat(tokenizer.decode(piece("▁", "▁", "x"))).isEqualTo(" x");
        assertThat(tokenizer.decode(new int[] {1, at("▁hell")})).isEqualTo("<s> hell");
        assertThat(tokenizer.decode(new int[0])).isEmpty();
        for (String text : List.of("  x", "x  ", "é漢😀", "\thello\r\n", "<s>")) {
            assertThat(tokenizer.decode(tokenizer.encode(text, false))).isEqualTo(text);
        }
    }

    @Test
    void neverJoinsPlainTextToAControlToken() throws ModelFileException {
        Map<String, Object> metadata = Tokenizers.sentencePiece(new LinkedHashMap<>(Map.of("<s", -1f, "s>", -2f)));
        Tokenizer tokenizer = Tokenizers.open(metadata);
        assertThat(tokenizer.encode("<s>", true)).containsExactly(1);
        assertThat(tokenizer.encode("<s>", false)).doesNotContain(1);
    }

    @Test
    void givesOutACharacterOfByteTokensOnceItIsWhole() throws ModelFileException {
        Tokenizer tokenizer = Tokenizers.open(vocabulary());
        TextStream stream = new TextStream(tokenizer);
        StringBuilder text = new StringBuilder();
        for (int token : tokenizer.encode("é漢😀 x", false)) {
            String added = stream.add(token);
            assertThat(added).doesNotContain("\ufffd");
            assertThat(added.isEmpty() || !Character.isHighSurrogate(added.charAt(added.length() - 1)))
                    .isTrue();
            text.append(added);
        }
        assertThat(text.append(stream.finish())).hasToString(" é漢😀 x"); // a stream does not know where a text begins
        assertThat(stream.add(3 + 0xf0)).isEmpty();
        assertThat(stream.add(at("x"))).isEqualTo("\ufffdx");
        assertThat(stream.finish()).isEmpty();
    }

    @Test
    void beginsAndEndsWithTheUsualTokensUnlessTheFileSaysOtherwise() throws ModelFileException {
        Tokenizer usual = Tokenizers.open(vocabulary());
        assertThat(usual.beginning()).hasValue(1);
        assertThat(usual.isEndOfGeneration(2)).isTrue();
        Map<String, Object> metadata = vocabulary();
        metadata.put("add_bos_token", false);
        metadata.put("eos_token_id", at("x"));
        Tokenizer other = Tokenizers.open(metadata);
        assertThat(other.beginning()).isEmpty();
        assertThat(other.isEndOfGeneration(at("x"))).isTrue();
        assertThat(other.isEndOfGeneration(2)).isFalse();
    }

    @Test
    void refusesAVocabularyWithoutScoresOrBytes() {
        Map<String, Object> scoreless = vocabulary();
        scoreless.put("scores", List.of(0f));
        assertThatThrownBy(() -> Tokenizers.open(scoreless))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("tokenizer.ggml.scores");
        Map<String, Object> byteless = new LinkedHashMap<>(vocabulary());
        byteless.put("tokens", List.of("<unk>", "<s>", "</s>"));
        byteless.put("token_type", List.of(2, 3, 3));
        byteless.put("scores", List.of(0f, 0f, 0f));
        assertThatThrownBy(() -> Tokenizers.open(byteless))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("<0x00>");
        Map<String, Object> misspelt = vocabulary();
        misspelt.put("tokens", List.of("<0xZZ>"));
        misspelt.put("token_type", List.of(6));
        assertThatThrownBy(() -> Tokenizers.open(misspelt))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("<0xZZ>");
    }

    private static Map<String, Object> vocabulary() {
        Map<String, Float> pieces = new LinkedHashMap<>();
        for (int i = 0; i < PIECES.size(); i++) {
            pieces.put(PIECES.get(i), SCORES.get(i));
        }
        return Tokenizers.sentencePiece(pieces);
    }

    private static int at(String piece) {
        return FIRST + PIECES.indexOf(piece);
    }

    private static int[] piece(String... pieces) {
        return Arrays.stream(pieces).mapToInt(SentencePieceTest::at).toArray();
    }
}
