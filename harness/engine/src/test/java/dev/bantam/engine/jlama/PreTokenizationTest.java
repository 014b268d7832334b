package dev.bantam.engine.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.engine.ModelFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PreTokenizationTest {
    private static final String LLAMA3 = """
            {"type": "Sequence", "pretokenizers": [
              {"type": "Split", "behavior": "Isolated", "pattern": {"Regex": "(?i:'s|'t|'re|'ve|'m|'ll|'d)|\
            [^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\
            \\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+"}},
              {"type": "ByteLevel", "use_regex": false}]}""";

    @Test
    void llama3IsKnownByItsPatternAndByTakingWholePieces() throws ModelFileException {
        assertThat(of("{\"model\": {\"ignore_merges\": true}, \"pre_tokenizer\": " + LLAMA3 + "}"))
                .isEqualTo(new PreTokenization(true, "llama-bpe", false));
        assertThat(of("{\"model\": {}, \"pre_tokenizer\": " + LLAMA3 + "}").name())
                .isEqualTo("smaug-bpe");
    }

    @Test
    void charactersWithSpacesReplacedAreSentencePieces() throws ModelFileException {
        String replace = "{\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"▁\"}";
        assertThat(of("{\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": ["
                        + "{\"type\": \"Prepend\", \"prepend\": \"▁\"}, " + replace + "]}, \"pre_tokenizer\": null}"))
                .isEqualTo(new PreTokenization(false, "default", true));
        assertThat(of("{\"normalizer\": " + replace + "}")).isEqualTo(new PreTokenization(false, "default", false));
        assertThat(of("{\"pre_tokenizer\": {\"type\": \"Metaspace\", \"prepend_scheme\": \"first\"}}"))
                .isEqualTo(new PreTokenization(false, "default", true));
    }

    @Test
    void anyOtherIsRefused() {
        assertThatThrownBy(() -> of("{\"pre_tokenizer\": " + LLAMA3.replace("{1,3}", "{1,2}") + "}"))
                .hasMessageContaining("expected one that is known: Qwen 2, Llama 3, Tekken");
        assertThatThrownBy(() -> of("{\"pre_tokenizer\": {\"type\": \"Whitespace\"}}"))
                .hasMessageContaining("ByteLevel, or spaces that are replaced");
    }

    private static PreTokenization of(String json) throws ModelFileException {
        return PreTokenization.of(JsonFile.parse(Path.of("tokenizer.json"), json.getBytes(StandardCharsets.UTF_8)));
    }
}
