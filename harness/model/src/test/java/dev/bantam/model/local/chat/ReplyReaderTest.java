package dev.bantam.model.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.Schema;
import dev.bantam.api.ToolSpec;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyReaderTest {
    private static final List<ToolSpec> TOOLS = List.of(ToolSpec.of(
            "write",
            "",
            Schema.Field.required("path", Schema.TEXT, ""),
            Schema.Field.required("content", Schema.TEXT, ""),
            Schema.Field.optional("limit", Schema.WHOLE, ""),
            Schema.Field.optional("all", Schema.FLAG, ""),
            Schema.Field.optional("lines", new Schema.ListOf(Schema.WHOLE), "")));
    private static final Part.ToolCall LS = call(1, "ls", Arguments.NONE, "{}");

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();

    /** @param thinking whether the prompt left a thought open */
    private record Case(Family family, boolean thinking, String reply, List<Part> parts) {}

    static Stream<Case> cases() {
        String raw = "{\"path\":  \"a<b\", \"limit\": 2}";
        Arguments arguments = Arguments.of("path", "a<b", "limit", 2);
        return Stream.of(
                new Case(
                        Family.HERMES,
                        true,
                        "so < then\n</think>\n\nI look.\n<tool_call>\n{\"name\": \"write\", \"arguments\": " + raw
                                + "}\n</tool_call>",
                        List.of(
                                new Part.Thinking("so < then"),
                                new Part.Text("I look."),
                                call(1, "write", arguments, raw))),
                new Case(
                        Family.QWEN_XML,
                        false,
                        "<think>\nhm\n</think>\n\nDo <it>.\n<tool_call>\n<function=write>\n<parameter=path>\n12\n</parameter>\n"
                                + "<parameter=content>\n\n<a>\n  b\n\n</parameter>\n<parameter=limit>\n2\n</parameter>\n"
                                + "<parameter=all>\nTrue\n</parameter>\n<parameter=lines>\n[1, 2]\n</parameter>\n"
                                + "</function>\n</tool_call>\n<tool_call>\n<function=ls>\n</function>\n</tool_call>",
                        List.of(
                                new Part.Thinking("hm"),
                                new Part.Text("Do <it>."),
                                call(
                                        1,
                                        "write",
                                        Arguments.of(
                                                "path",
                                                "12",
                                                "content",
                                                "\n<a>\n  b\n",
                                                "limit",
                                                2,
                                                "all",
                                                true,
                                                "lines",
                                                List.of(1, 2)),
                                        null),
                                call(2, "ls", Arguments.NONE, null))),
                new Case(
                        Family.QWEN_XML,
                        true,
                        "Done.</think><tool_call><function=write><parameter=content>\nsay <parameter=x>1</parameter>"
                                + "</function></tool_call> too\n</parameter><parameter=limit>two</parameter></function></tool_call>",
                        List.of(
                                new Part.Thinking("Done."),
                                call(
                                        1,
                                        "write",
                                        Arguments.of(
                                                "content",
                                                "say <parameter=x>1</parameter></function></tool_call> too",
                                                "limit",
                                                "two"),
                                        null))),
                new Case(
                        Family.MISTRAL,
                        false,
                        "I look.[TOOL_CALLS] [{\"name\": \"write\", \"arguments\": " + raw
                                + ", \"id\": \"123456789\"}, {\"name\": \"ls\", \"arguments\": {}}]",
                        List.of(
                                new Part.Text("I look."),
                                call(1, "write", arguments, raw),
                                call(2, "ls", Arguments.NONE, "{}"))),
                new Case(
                        Family.MISTRAL,
                        false,
                        "[THINK]a[b[/THINK][TOOL_CALLS]write[ARGS]" + raw + "[TOOL_CALLS]ls[CALL_ID]123456789[ARGS]{}",
                        List.of(
                                new Part.Thinking("a[b"),
                                call(1, "write", arguments, raw),
                                call(2, "ls", Arguments.NONE, "{}"))),
                new Case(
                        Family.LLAMA3,
                        false,
                        "{\"name\": \"write\", \"parameters\": " + raw + "}; {\"name\": \"ls\", \"parameters\": {}}",
                        List.of(call(1, "write", arguments, raw), call(2, "ls", Arguments.NONE, "{}"))),
                new Case(
                        Family.LLAMA3,
                        false,
                        "I look.<|python_tag|>{\"type\": \"function\", \"name\": \"ls\", \"parameters\": {}}",
                        List.of(new Part.Text("I look."), LS)),
                new Case(
                        Family.LLAMA3,
                        true,
                        "hm</think>\n\n{\"name\": \"ls\", \"parameters\": {}}",
                        List.of(new Part.Thinking("hm"), LS)),
                new Case(
                        Family.HARMONY,
                        false,
                        "<|channel|>analysis<|message|>a < b<|end|><|start|>assistant<|channel|>commentary<|message|>I look."
                                + "<|end|><|start|>assistant<|channel|>commentary to=functions.write"
                                + " <|constrain|>json<|message|>" + raw,
                        List.of(
                                new Part.Thinking("a < b"),
                                new Part.Text("I look."),
                                call(1, "write", arguments, raw))),
                new Case(
                        Family.HARMONY,
                        false,
                        " to=functions.ls<|channel|>commentary json<|message|>{}<|call|>",
                        List.of(LS)),
                new Case(Family.HARMONY, false, "<|channel|>final<|message|>a <| b", List.of(new Part.Text("a <| b"))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsTheSameHoweverItIsCutIntoPieces(Case given) {
        assertRead(given, 1, new Random(0));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            assertRead(given, 2 + random.nextInt(20), random);
        }
    }

    private void assertRead(Case given, int most, Random random) {
        text.setLength(0);
        thinking.setLength(0);
        ReplyReader reader = given.family().reader(TOOLS, listener(), "c", given.thinking());
        for (int at = 0; at < given.reply().length(); ) {
            int next = Math.min(given.reply().length(), at + 1 + random.nextInt(most));
            reader.add(given.reply().substring(at, next));
            at = next;
        }
        assertThat(reader.finish()).as("pieces of at most %d", most).isEqualTo(given.parts());
        assertThat(text.toString().strip()).isEqualTo(said(given, Part.Text.class));
        assertThat(thinking.toString().strip()).isEqualTo(said(given, Part.Thinking.class));
    }

    private static String said(Case given, Class<? extends Part> kind) {
        return given.parts().stream()
                .filter(kind::isInstance)
                .map(part -> part instanceof Part.Text(String said) ? said : ((Part.Thinking) part).text())
                .findFirst()
                .orElse("");
    }

    static Stream<Case> wrong() {
        return Stream.of(
                        new Case(Family.HERMES, false, "<tool_call>{name: 'ls'}</tool_call>", List.of()),
                        new Case(
                                Family.QWEN_XML,
                                false,
                                "<tool_call>\n<function=ls>\n<parameter=a>\n1\n</tool_call>",
                                List.of()),
                        new Case(Family.QWEN_XML, false, "<tool_call>\n<function=ls>\n<parameter=a>\n1", List.of()),
                        new Case(Family.MISTRAL, false, "[TOOL_CALLS][{\"name\": \"ls\", \"arguments\": {}", List.of()),
                        new Case(Family.MISTRAL, false, "[TOOL_CALLS]ls[ARGS]{} and more", List.of()),
                        new Case(Family.LLAMA3, false, "{\"answer\": 42}", List.of()),
                        new Case(Family.LLAMA3, false, "<|python_tag|>print(1)", List.of()),
                        new Case(
                                Family.HARMONY,
                                false,
                                "<|channel|>commentary to=functions.ls<|message|>{\"a\":",
                                List.of()))
                .map(one -> new Case(one.family(), false, one.reply(), List.of(new Part.Text(one.reply()))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aCallThatIsNotExactlyRightStaysTextAsItWasWritten(Case given) {
        assertRead(given, 1, new Random(0));
        assertRead(given, 7, new Random(1));
    }

    @Test
    void theEndOfThinkingWithoutABeginningMakesAThoughtOfWhatWasSaidBefore() {
        ReplyReader reader = Family.HERMES.reader(TOOLS, listener(), "c", false);
        reader.add("hm</think>yes, </think> is a mark");

        assertThat(reader.finish()).containsExactly(new Part.Thinking("hm"), new Part.Text("yes, </think> is a mark"));
    }

    @Test
    void saysWhatTheReplyIsInTheMiddleOf() {
        ReplyReader reader = Family.QWEN_XML.reader(TOOLS, listener(), "c", true);
        assertThat(reader.state()).isEqualTo(ReplyReader.State.THINKING);
        reader.add("a</think>b");
        assertThat(reader.state()).isEqualTo(ReplyReader.State.TEXT);
        reader.add("<tool_call>");
        assertThat(reader.state()).isEqualTo(ReplyReader.State.CALL);
    }

    private static Part.ToolCall call(int number, String tool, Arguments arguments, String raw) {
        return new Part.ToolCall("c" + number, tool, arguments, Optional.ofNullable(raw));
    }

    private ReplyListener listener() {
        return new ReplyListener() {
            @Override
            public void text(String delta) {
                text.append(delta);
            }

            @Override
            public void thinking(String delta) {
                thinking.append(delta);
            }
        };
    }
}
