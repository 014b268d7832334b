package dev.bantam.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A call as it is read without the grammar: by Jackson and by patterns. */
record WrittenCall(String name, JsonNode arguments) {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @param plain the arguments that stand as they are in {@link CallSyntax#QWEN_XML} */
    static WrittenCall read(CallSyntax syntax, String text, Set<String> plain) throws JsonProcessingException {
        return switch (syntax) {
            case HERMES -> named(matched("\n(\\{.*\\})\n</tool_call>", text).group(1), "arguments");
            case MISTRAL -> named(matched("\\[(\\{.*\\})\\]", text).group(1), "arguments");
            case LLAMA3 -> named(text, "parameters");
            case HARMONY -> {
                Matcher call =
                        matched("functions\\.(\\w+) ?<\\|constrain\\|>json<\\|message\\|>(.*)<\\|call\\|>", text);
                yield new WrittenCall(call.group(1), JSON.readTree(call.group(2)));
            }
            case QWEN_XML -> {
                Matcher call = matched("\n<function=(\\w+)>\n(.*)</function>\n</tool_call>", text);
                yield new WrittenCall(call.group(1), parameters(call.group(2), plain));
            }
        };
    }

    private static Matcher matched(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.matches()).as("matches %s: %s", pattern, text).isTrue();
        return matcher;
    }

    private static WrittenCall named(String json, String key) throws JsonProcessingException {
        JsonNode call = JSON.readTree(json);
        assertThat(call.fieldNames()).toIterable().containsExactly("name", key);
        return new WrittenCall(call.get("name").asText(), call.get(key));
    }

    private static JsonNode parameters(String text, Set<String> plain) throws JsonProcessingException {
        ObjectNode values = JSON.createObjectNode();
        Matcher one = Pattern.compile("<parameter=(.*?)>\n(.*?)\n</parameter>\n", Pattern.DOTALL)
                .matcher(text);
        int end = 0;
        while (one.find()) {
            assertThat(one.start()).as(text).isEqualTo(end);
            end = one.end();
            String name = one.group(1);
            assertThat(values.has(name)).as(text).isFalse();
            values.set(name, plain.contains(name) ? values.textNode(one.group(2)) : JSON.readTree(one.group(2)));
        }
        assertThat(end).as(text).isEqualTo(text.length());
        return values;
    }
}
