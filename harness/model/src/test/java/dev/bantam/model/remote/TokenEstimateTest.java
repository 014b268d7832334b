package dev.bantam.model.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimateTest {
    /** Counted by hand, by the splitting rule of GPT-4's and Qwen's tokenizers (digits in threes, as GPT-4 has them). */
    @ParameterizedTest
    @CsvSource({
        "'The quick brown fox jumps.',6",
        "'a = b + c;',6",
        "'main(String[] args)',5",
        "'12345',2",
        "'    return x;',4",
        "'==========',1",
        "'a 12 b',3",
    })
    void theFloorIsTheNumberOfPiecesBeforeAnyMerge(String text, int pieces) {
        assertThat(TokenEstimate.atLeast(text)).isEqualTo(pieces);
    }

    @Test
    void theLikelyCountIsNeverBelowTheFloor() {
        for (String text : new String[] {"", "x", "a b c d e f", "1 2 3 4 5", "日本語のテキスト", "{\"a\":[1,2,{}]}"}) {
            assertThat(TokenEstimate.likely(text)).isGreaterThanOrEqualTo(TokenEstimate.atLeast(text));
        }
    }

    @Test
    void everyCharacterOfChineseIsAboutAToken() {
        assertThat(TokenEstimate.likely("模型读取文件")).isEqualTo(6);
    }
}
