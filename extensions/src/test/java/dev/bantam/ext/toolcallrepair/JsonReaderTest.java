package dev.bantam.ext.toolcallrepair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void readsJson() throws Fault {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", List.of(1, -2.5, 3_000_000_000L, true, false));
        expected.put("b", null);
        expected.put("c", Map.of("d", "x\n\"\\/é\uD83D\uDE00"));

        assertThat(read("""
                        {"a": [1, -2.5, 3000000000, true, false], "b": null,
                         "c": {"d": "x\\n\\"\\\\\\/\\u00e9\\ud83d\\ude00"}}""")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"x\", \"b\": [1, 2],}",
                "{'a': 'x', 'b': [1, 2]}",
                "{a: \"x\", b: [1, 2,],}",
                "{\"a\": \"x\", // first\n \"b\": /* second */ [1, 2] # third\n}",
                "{\"a\": \"x\", \"b\": [1, 2]",
                "{\"a\": \"x\", \"b\": [1, 2</tool_call>",
            })
    void readsWhatCanMeanOneThingOnly(String json) throws Fault {
        JsonReader reader = new JsonReader(json, 0);

        assertThat(reader.read().plain()).isEqualTo(Map.of("a", "x", "b", List.of(1, 2)));
        assertThat(reader.leniencies()).isNotEmpty();
    }

    @Test
    void readsPythonsWordsAndRawLineBreaks() throws Fault {
        assertThat(read("[True, False, None, 'a\n\tb', \"it's\", 'say \"x\"', 'don\\'t']"))
                .isEqualTo(Arrays.asList(true, false, null, "a\n\tb", "it's", "say \"x\"", "don't"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"cut in the mid",
                "{\"a\": \"cut at an escape\\",
                "{\"a\": 12",
                "{\"a\": \"\"",
                "{\"a\": \"x\"```\ncode",
                "{\"a\": tru",
                "{\"a\": true",
                "{\"a\": \"x\",",
                "{\"a\":",
                "{\"a\"",
                "{",
                "",
                "{\"a\": \"x\" \"b\": 1}",
                "{\"a\": \"say \"hi\" twice\"}",
                "{'a': 'don't'}",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": \"\\d+\"}",
                "{\"a\": \"\\u12\"}",
                "{\"a\": 012}",
                "{\"a\": 1.}",
                "{\"a\": NaN}",
                "{\"a\": path}",
                "{\"a\": /* never closed",
                "[1, 2",
            })
    void guessesNothing(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Fault.class).hasMessageMatching("(?s)\\S.*");
    }

    @Test
    void namesTheFault() {
        assertThatThrownBy(() -> read("{\"a\": \"\\d+\"}"))
                .hasMessage("\\d is no escape of JSON; for a backslash write two of them: \\\\d");
        assertThatThrownBy(() -> read("{\"a\": \"say \"hi\" twice\"}"))
                .hasMessage("a comma or } is missing before hi\" twice\"}");
    }

    @Test
    void keepsWhereEachValueStands() throws Fault {
        String json = "{ \"a\" : { \"b\" :1.50 , 'c':[ ] }}";
        Json.Members outer = (Json.Members) new JsonReader(json, 0).readToEnd();
        Json.Members inner = (Json.Members) outer.get("a").orElseThrow();

        assertThat(slice(json, inner)).isEqualTo("{ \"b\" :1.50 , 'c':[ ] }");
        assertThat(slice(json, inner.get("b").orElseThrow())).isEqualTo("1.50");
        assertThat(slice(json, inner.get("c").orElseThrow())).isEqualTo("[ ]");
    }

    @Test
    void boundsNesting() {
        assertThatThrownBy(() -> read("[".repeat(500_000))).hasMessageContaining("nested deeper than 64 levels");
    }

    private static String slice(String json, Json value) {
        return json.substring(value.start(), value.end());
    }

    private static Object read(String json) throws Fault {
        return new JsonReader(json, 0).readToEnd().plain();
    }
}
