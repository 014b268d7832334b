package dev.bantam.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.api.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantsTest {
    private static final List<String> USUAL = List.of(
            "README.md",
            "Qwen-Q4_K_M.gguf",
            "Qwen-Q4_K_S.gguf",
            "Qwen-UD-Q4_K_XL.gguf",
            "Qwen-q8_0.gguf",
            "Qwen-IQ4_XS.gguf",
            "imatrix_unsloth.gguf",
            "mmproj-F16.gguf",
            "BF16/Qwen-BF16-00001-of-00002.gguf",
            "BF16/Qwen-BF16-00002-of-00002.gguf");

    private static Variants.Variant choose(String ref, List<String> paths) throws ModelException {
        List<HubFile> files = paths.stream()
                .map(path -> new HubFile(path, 1_500_000_000, Optional.empty()))
                .toList();
        return Variants.of(HubRef.parse(ref), files).choose();
    }

    @ParameterizedTest
    @CsvSource({
        "hf:o/r, Qwen-Q4_K_M.gguf",
        "hf:o/r:q4_k_s, Qwen-Q4_K_S.gguf",
        "hf:o/r:Q4_K_XL, Qwen-UD-Q4_K_XL.gguf",
        "hf:o/r:ud-q4_k_xl, Qwen-UD-Q4_K_XL.gguf",
        "hf:o/r:Q8_0, Qwen-q8_0.gguf",
        "hf:o/r:BF16, BF16/Qwen-BF16-00001-of-00002.gguf",
        "hf:o/r:BF16/Qwen-BF16-00002-of-00002.gguf, BF16/Qwen-BF16-00001-of-00002.gguf",
        "hf:o/r:qwen-iq4_xs.gguf, Qwen-IQ4_XS.gguf",
        "hf:o/r:mmproj-F16.gguf, mmproj-F16.gguf"
    })
    void findsWhatIsMeant(String ref, String first) throws Exception {
        assertThat(choose(ref, USUAL).files().getFirst().path()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf:o/r:Q4_K", "hf:o/r:F16", "hf:o/r:Q3_K_M", "hf:o/r:absent.gguf"})
    void listsWhatThereIsWhenNothingIsMeant(String ref) {
        assertThatThrownBy(() -> choose(ref, USUAL))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("o/r has no ")
                .hasMessageContaining("Qwen-Q4_K_M.gguf  1.50 GB")
                .hasMessageContaining("BF16/Qwen-BF16-00001-of-00002.gguf and 1 more parts  3.00 GB");
    }

    @Test
    void asksWhichWhenSeveralAreMeant() throws Exception {
        List<String> two = List.of("a-Q5_K_M.gguf", "b-Q5_K_M.gguf");
        assertThatThrownBy(() -> choose("hf:o/r", two)).hasMessageContaining("o/r has several models: say which");
        assertThatThrownBy(() -> choose("hf:o/r:q5_k_m", two)).hasMessageContaining("more than one q5_k_m");
        assertThat(choose("hf:o/r", List.of("only-Q2_K.gguf", "mmproj-F16.gguf"))
                        .path())
                .isEqualTo("only-Q2_K");
    }

    @Test
    void refusesWhatIsNotThereWhole() {
        assertThatThrownBy(() -> choose("hf:o/r", List.of("a-00001-of-00003.gguf", "a-00003-of-00003.gguf")))
                .hasMessageContaining("only 2 of the 3 parts");
        assertThatThrownBy(() -> choose("hf:o/r", List.of("model.safetensors")))
                .hasMessageContaining("no model in a .gguf file")
                .hasMessageContaining("ends in GGUF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../a.gguf", "a/../../b.gguf", "/etc/a.gguf", "a//b.gguf", "a\\b.gguf", "C:a.gguf", "a\n.gguf"})
    void refusesNamesThatLeadElsewhere(String path) {
        assertThatThrownBy(() -> new HubFile(path, 1, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hf:owner", "owner/repo", "hf:owner/repo/file", "hf:../repo", "hf:o/..", "hf:o/r:", "hf:o r/x"})
    void refusesOtherNames(String ref) {
        assertThatThrownBy(() -> HubRef.parse(ref))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Write hf:OWNER/REPO");
    }

    @Test
    void theOrderOfPartsIsThatOfTheirNumbers() throws Exception {
        List<String> shuffled = Arrays.asList("a-00002-of-00002.gguf", "a-00001-of-00002.gguf");
        assertThat(choose("hf:o/r", shuffled).files())
                .extracting(HubFile::path)
                .containsExactly("a-00001-of-00002.gguf", "a-00002-of-00002.gguf");
    }
}
