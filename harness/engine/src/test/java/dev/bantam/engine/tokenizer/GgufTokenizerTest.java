package dev.bantam.engine.tokenizer;

import static dev.bantam.engine.Fixtures.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTokenizerTest {
    private static final String QWEN2 = "qwen2";

    @ParameterizedTest
    @ValueSource(strings = {QWEN2, "qwen35", "llama-bpe"})
    void encodesEveryReferenceStringToTheSameTokens(String name) {
        Tokenizer tokenizer = reference(name);
        JsonNode cases = Fixtures.json("tokenizer-" + name + ".json").get("cases");
        assertThat(cases).hasSize(240);
        for (JsonNode c : cases) {
            String text = c.get("text").asText();
            assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(ints(c.get("ids_parse_special")));
            assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(ints(c.get("ids_raw")));
            assertThat(IntStream.concat(tokenizer.beginning().stream(), Arrays.stream(tokenizer.encode(text, true)))
                            .toArray())
                    .as(text)
                    .isEqualTo(ints(c.get("ids_add_special")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {QWEN2, "qwen35", "llama-bpe"})
    void decodesEveryReferenceStringToTheSameBytes(String name) {
        Tokenizer tokenizer = reference(name);
        for (JsonNode c : Fixtures.json("tokenizer-" + name + ".json").get("cases")) {
            int[] tokens = ints(c.get("ids_parse_special"));
            assertThat(hex(tokenizer, tokens, token -> true))
                    .isEqualTo(c.get("text_hex").asText());
            assertThat(tokenizer.decode(tokens)).isEqualTo(c.get("text").asText());
            if (!name.equals("llama-bpe")) { // the reference also takes spaces before punctuation away there
                assertThat(hex(tokenizer, tokens, token -> !tokenizer.isControl(token)))
                        .isEqualTo(c.get("detok_nospecial_hex").asText());
            }
        }
    }

    @Test
    void encodesRenderedConversationsToTheReferencesTokens() {
        Tokenizer tokenizer = reference(QWEN2);
        for (JsonNode c : Fixtures.json("chat_render.json")) {
            assertThat(tokenizer.encode(c.get("text").asText(), true)).isEqualTo(ints(c.get("ids_qwen2")));
        }
    }

    @Test
    void encodesTheStringsOfTheSmallModelInTheBox() {
        Tokenizer small = Tokenizers.load(Fixtures.TINY_AGENT);
        for (JsonNode c : Fixtures.json("tiny-agent/tokenizer-ids.json")) {
            assertThat(small.encode(c.get("text").asText(), true)).isEqualTo(ints(c.get("ids")));
            assertThat(small.decode(ints(c.get("ids")))).isEqualTo(c.get("text").asText());
        }
    }

    @Test
    void knowsItsSpecialTokens() {
        Tokenizer tokenizer = reference(QWEN2);
        assertThat(tokenizer.special("<|im_end|>")).hasValue(1006);
        assertThat(tokenizer.special("<tool_call>")).hasValue(1007);
        assertThat(tokenizer.special("hello")).isEmpty();
        assertThat(tokenizer.isEndOfGeneration(1006)).isTrue();
        assertThat(tokenizer.isEndOfGeneration(1007)).isFalse();
        assertThat(tokenizer.isControl(1005)).isTrue();
        assertThat(tokenizer.isControl(1007)).isFalse();
        assertThat(tokenizer.beginning()).isEmpty();
        assertThat(tokenizer.vocabularySize()).isEqualTo(1024);
        assertThat(reference("llama-bpe").beginning()).hasValue(999);
    }

    @Test
    void endsATurnOnlyWhereThisFamilyDoes() throws ModelFileException {
        Tokenizer phi = Tokenizers.open(Tokenizers.bytePair("gpt-4o", List.of(), "<|end|>", "<|endoftext|>"));
        assertThat(phi.isEndOfGeneration(256)).isTrue();
        Tokenizer harmony =
                Tokenizers.open(Tokenizers.bytePair("gpt-4o", List.of(), "<|end|>", "<|return|>", "<|call|>"));
        assertThat(harmony.isEndOfGeneration(256)).isFalse();
        assertThat(harmony.isEndOfGeneration(257)).isTrue();
        assertThat(harmony.isEndOfGeneration(258)).isTrue();
    }

    @Test
    void takesAPieceThatIsATokenWholeOnlyWhereTheFamilyDoes() throws ModelFileException {
        for (var expected :
                Map.of("llama-bpe", List.of(258), "dbrx", List.of(256, 257)).entrySet()) {
            Map<String, Object> metadata = Tokenizers.bytePair(expected.getKey(), List.of("a b", "c d", "abc d"));
            metadata.put("add_bos_token", false); // "abcd" has token 258, but merges end at "ab", "cd"
            assertThat(Tokenizers.open(metadata).encode("abcd", true))
                    .containsExactly(
                            expected.getValue().stream().mapToInt(t -> t).toArray());
        }
    }

    @Test
    void neverMakesAControlTokenOfPlainText() throws ModelFileException {
        Map<String, Object> metadata = Tokenizers.bytePair("tekken", List.of("s t"), "<start", "abc");
        metadata.put("add_bos_token", false);
        Tokenizer tokenizer = Tokenizers.open(metadata);
        assertThat(tokenizer.encode("<start", true)).containsExactly(257);
        assertThat(tokenizer.encode("<start", false)).doesNotContain(257);
        assertThat(tokenizer.encode("abc", false)).doesNotContain(258);
    }

    @Test
    void prefersTheLongerOfSpecialTokensThatOverlap() throws ModelFileException {
        Tokenizer tokenizer = Tokenizers.open(Tokenizers.bytePair("qwen2", List.of(), "xab", "abcd", "ab"));
        assertThat(tokenizer.encode("xabcdab", true)).containsExactly('x', 257, 258);
        assertThat(tokenizer.encode("xabc", true)).containsExactly(256, 'c');
    }

    @Test
    void splitsAtSpecialTokensAsOneAfterTheOtherWould() throws ModelFileException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String[] specials = random.ints(12, 1, 5)
                    .mapToObj(length -> word(random, length))
                    .distinct()
                    .toArray(String[]::new);
            Tokenizer tokenizer = Tokenizers.open(Tokenizers.bytePair("qwen2", List.of(), specials));
            String text = word(random, 30);
            String marked = text;
            Integer[] longestFirst = IntStream.range(0, specials.length).boxed().toArray(Integer[]::new);
            Arrays.sort(longestFirst, (a, b) -> bytes(specials[b]) - bytes(specials[a]));
            for (int special : longestFirst) {
                marked = marked.replace(specials[special], String.valueOf((char) (0xe000 + special)));
            }
            int[] expected = marked.chars()
                    .flatMap(c -> c >= 0xe000
                            ? IntStream.of(256 + c - 0xe000)
                            : Arrays.stream(tokenizer.encode(String.valueOf((char) c), false)))
                    .toArray();
            assertThat(tokenizer.encode(text, true)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String word(Random random, int length) {
        return random.ints(length, 0, 4)
                .collect(StringBuilder::new, (word, i) -> word.append("<ab漢".charAt(i)), StringBuilder::append)
                .toString();
    }

    @Test
    void namesWhatIsSupportedWhenItRefuses() {
        assertThatThrownBy(() -> Tokenizers.open(Map.of("model", "rwkv")))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("'rwkv'")
                .hasMessageContaining("gpt2")
                .hasMessageContaining("llama");
        assertThatThrownBy(() -> Tokenizers.open(Tokenizers.bytePair("klingon", List.of())))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("'klingon'")
                .hasMessageContaining("qwen35")
                .hasMessageContaining("gpt-4o");
    }

    private static Tokenizer reference(String name) {
        return Tokenizers.load(Fixtures.FOLDER.resolve("tokenizer-" + name + ".gguf"));
    }

    private static String hex(Tokenizer tokenizer, int[] tokens, IntPredicate kept) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Arrays.stream(tokens).filter(kept).forEach(token -> bytes.writeBytes(tokenizer.piece(token)));
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
