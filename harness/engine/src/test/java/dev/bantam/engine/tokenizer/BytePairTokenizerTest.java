package dev.bantam.engine.tokenizer;

import static dev.bantam.engine.Fixtures.ints;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.engine.Fixtures;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import dev.bantam.engine.gguf.GgufFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class BytePairTokenizerTest {
    private static final Duration LINEAR = Duration.ofSeconds(20);

    private final Tokenizer tokenizer = load(Fixtures.Q8_0);

    @Test
    void encodesEveryReferenceStringToTheSameTokens() {
        for (JsonNode c : Fixtures.json("tokenizer-qwen2.json").get("cases")) {
            String text = c.get("text").asText();
            assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(ints(c.get("ids_parse_special")));
            assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(ints(c.get("ids_raw")));
            assertThat(withBeginning(text)).as(text).isEqualTo(ints(c.get("ids_add_special")));
        }
    }

    @Test
    void decodesEveryReferenceStringToTheSameBytes() {
        for (JsonNode c : Fixtures.json("tokenizer-qwen2.json").get("cases")) {
            int[] tokens = ints(c.get("ids_parse_special"));
            byte[] expected = HexFormat.of().parseHex(c.get("detok_hex").asText());
            assertThat(bytes(tokens, token -> true)).isEqualTo(expected);
            assertThat(tokenizer.decode(tokens)).isEqualTo(new String(expected, StandardCharsets.UTF_8));
            assertThat(HexFormat.of().formatHex(bytes(tokens, token -> !tokenizer.isControl(token))))
                    .isEqualTo(c.get("detok_nospecial_hex").asText());
        }
    }

    @Test
    void encodesTheStringsOfTheSmallModelInTheBox() {
        Tokenizer small = load(Fixtures.TINY_AGENT);
        for (JsonNode c : Fixtures.json("tiny-agent/tokenizer-ids.json")) {
            assertThat(small.encode(c.get("text").asText(), true)).isEqualTo(ints(c.get("ids")));
            assertThat(small.decode(ints(c.get("ids")))).isEqualTo(c.get("text").asText());
        }
    }

    @Test
    void knowsItsSpecialTokens() {
        assertThat(tokenizer.special("<|im_end|>")).hasValue(1006);
        assertThat(tokenizer.special("<tool_call>")).hasValue(1007);
        assertThat(tokenizer.special("hello")).isEmpty();
        assertThat(tokenizer.isEndOfGeneration(1006)).isTrue();
        assertThat(tokenizer.isEndOfGeneration(1007)).isFalse();
        assertThat(tokenizer.isControl(1005)).isTrue();
        assertThat(tokenizer.isControl(1007)).isFalse();
        assertThat(tokenizer.beginning()).isEmpty();
        assertThat(tokenizer.vocabularySize()).isEqualTo(1024);
    }

    @Test
    void givesBackRandomTextUnchanged() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int[] alphabet = "aZ9 \n\r\t'\"{<|>é漢😀\u00a0\u0301".codePoints().toArray();
        for (int round = 0; round < 2000; round++) {
            int[] points = random.ints(random.nextInt(40), 0, alphabet.length)
                    .map(i -> alphabet[i])
                    .toArray();
            String text = new String(points, 0, points.length);
            assertThat(tokenizer.decode(tokenizer.encode(text, true)))
                    .as("seed %d", seed)
                    .isEqualTo(text);
        }
    }

    @Test
    void readsAMegabyteOfTextInAboutLinearTime() {
        roundTrip("The quick brown fox, 42 of them; def f(x):\n    return x\n".repeat(19_000));
    }

    @Test
    void readsAMegabyteWithoutASpaceInAboutLinearTime() {
        roundTrip("a".repeat(1 << 20));
        roundTrip("theseinterestingletters".repeat(45_000));
    }

    @Test
    void readsAMegabyteOfSpacesAndLineEndsInAboutLinearTime() {
        roundTrip(" ".repeat(1 << 20));
        roundTrip(" \n".repeat(1 << 19) + "x");
        roundTrip(" x".repeat(1 << 19));
        roundTrip("<".repeat(1 << 20));
    }

    private void roundTrip(String text) {
        int[] tokens = Assertions.assertTimeoutPreemptively(LINEAR, () -> tokenizer.encode(text, true));
        assertThat(tokenizer.decode(tokens).equals(text)).isTrue();
    }

    private int[] withBeginning(String text) {
        return IntStream.concat(tokenizer.beginning().stream(), Arrays.stream(tokenizer.encode(text, true)))
                .toArray();
    }

    private byte[] bytes(int[] tokens, IntPredicate kept) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Arrays.stream(tokens).filter(kept).forEach(token -> bytes.writeBytes(tokenizer.piece(token)));
        return bytes.toByteArray();
    }

    private static Tokenizer load(Path file) {
        try (GgufFile gguf = GgufFile.open(file)) {
            return BytePairTokenizer.load(gguf.metadata());
        } catch (ModelFileException failure) {
            throw new AssertionError(failure);
        }
    }
}
