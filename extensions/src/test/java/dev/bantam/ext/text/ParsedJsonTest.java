package dev.bantam.ext.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.ParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedJsonTest {
    @Test
    void readsWhatJsonTextWrites() throws ParseException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"b\" \\ \n\t\r \u0001 é 🐓");
        value.put("numbers", List.of(0L, -7L, 1.5, 1e30));
        value.put("words", Arrays.asList(true, false, null));
        value.put("empty", List.of(Map.of(), List.of(), ""));

        assertThat(ParsedJson.object(JsonText.of(value))).isEqualTo(value);
        assertThat(ParsedJson.of(" [1 , {\"a\" :\"\\u00e9\\/\"}]\n")).isEqualTo(List.of(1L, Map.of("a", "é/")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "'a'",
                "01",
                "1.",
                "+1",
                "nul",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "{\"a\":1,\"a\":2}",
                "1 2",
                "[1 2]",
                "\"a\nb\"",
                "NaN"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> ParsedJson.of(text))
                .isInstanceOf(ParseException.class)
                .hasMessageStartingWith("line ");
    }

    @Test
    void refusesEndlessNestingAndNamesTheLine() {
        assertThatThrownBy(() -> ParsedJson.of("[".repeat(100_000))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> ParsedJson.of("{\n\"a\": x}")).hasMessageStartingWith("line 2: ");
        assertThatThrownBy(() -> ParsedJson.object("[]")).hasMessage("it is no JSON object");
    }
}
