package dev.bantam.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A megabyte of anything comes back unchanged; with work that grows with its square this test would not end. */
class LongTextTest {
    private static final List<String> TEXTS = List.of(
            "The quick brown fox, 42 of them; def f(x):\n    return x\n".repeat(19_000),
            "a".repeat(1 << 20),
            "theseinterestingletters".repeat(45_000),
            "7".repeat(1 << 20),
            "漢" + "A".repeat(1 << 20),
            "漢\u0301A".repeat(1 << 18),
            "\u0301".repeat(1 << 19),
            "<".repeat(1 << 20),
            "<|im_".repeat(200_000),
            " ".repeat(1 << 20),
            " ".repeat(1 << 20) + "x",
            " \n".repeat(1 << 19) + "x",
            " x".repeat(1 << 19),
            "\r\n\t".repeat(1 << 18));

    @ParameterizedTest
    @ValueSource(strings = {"qwen2", "qwen35", "llama-bpe", "gpt-4o", "tekken", "llama"})
    void givesAMegabyteBackUnchanged(String name) throws ModelFileException {
        Tokenizer tokenizer = Tokenizers.open(name.equals("llama") ? pieces() : merges(name));
        for (String text : TEXTS) {
            int[] tokens = tokenizer.encode(text, true);
            assertThat(tokenizer.decode(tokens).equals(text))
                    .as(text.substring(0, 10))
                    .isTrue();
        }
    }

    private static Map<String, Object> merges(String pre) {
        Map<String, Object> metadata = Tokenizers.bytePair(
                pre,
                List.of(
                        "a a",
                        "aa aa",
                        "aaaa aaaa",
                        "7 7",
                        "Ġ Ġ",
                        "ĠĠ ĠĠ",
                        "t h",
                        "th e",
                        "A A",
                        "AA AA",
                        "< <",
                        "Ì ģ"),
                "<|im_start|>",
                "<|im_end|>");
        metadata.put("add_bos_token", false);
        return metadata;
    }

    private static Map<String, Object> pieces() {
        Map<String, Float> pieces = new LinkedHashMap<>();
        for (String text : "▁ a t h e A < | 7 x".split(" ")) {
            pieces.put(text, -50f);
        }
        for (String text : "aa aaaa aaaaaaaa 77 ▁▁ ▁▁▁▁ th the AA AAAA << <| ▁x".split(" ")) {
            pieces.put(text, -(float) pieces.size());
        }
        return Tokenizers.sentencePiece(pieces);
    }
}
