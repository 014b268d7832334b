package dev.bantam.ext.toolcallrepair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Finish;
import dev.bantam.api.Hooks.MendedReply;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are calls, and which are not. */
class FormsTest {
    private static final String CALL = "{\"name\": \"read\", \"arguments\": {\"path\": \"a.txt\"}}";

    static Stream<ArgumentSet> forms() {
        return Stream.of(
                form("Hermes", "<tool_call>\n" + CALL + "\n</tool_call>"),
                form("Hermes without an end", "<tool_call>" + CALL),
                form(
                        "Hermes with a brace missing",
                        "<tool_call>" + CALL.substring(0, CALL.length() - 1) + "</tool_call>"),
                form("Hermes with a brace too many", "<tool_call>\n" + CALL + "}\n</tool_call>"),
                form("Hermes around a fence", "<tool_call>\n```json\n" + CALL + "\n```\n</tool_call>"),
                form(
                        "Qwen coder",
                        "<tool_call>\n<function=read>\n<parameter=path>\na.txt\n</parameter>\n</function>\n</tool_call>"),
                form("Qwen coder, bare", "<function=read><parameter=path>a.txt</parameter></function>"),
                form(
                        "Qwen coder, opening tag missing",
                        "<function=read>\n<parameter=path>\na.txt\n</parameter>\n</function>\n</tool_call>"),
                form("Qwen coder, ends missing", "<function=read>\n<parameter=path>\na.txt\n</parameter>"),
                form("Llama function", "<function=read>{\"path\": \"a.txt\"}</function>"),
                form("tool fence", "```tool\n" + CALL + "\n```"),
                form("tool_call fence", "```tool_call\n" + CALL + "\n```"),
                form("json fence", "```json\n" + CALL + "\n```"),
                form("fence without a language", "```\n" + CALL + "\n```"),
                form("json fence that stays open", "```json\n" + CALL),
                form("bare", CALL),
                form("bare array", "[" + CALL + "]"),
                form("tool and parameters", "{\"tool\": \"read\", \"parameters\": {\"path\": \"a.txt\"}}"),
                form("input", "{\"type\":\"tool_use\",\"id\":\"x\",\"name\":\"read\",\"input\":{\"path\":\"a.txt\"}}"),
                form("args", "{\"name\": \"read\", \"args\": {\"path\": \"a.txt\"}}"),
                form(
                        "OpenAI",
                        "{\"id\": \"c1\", \"type\": \"function\", \"function\": {\"name\": \"read\", \"arguments\":"
                                + " \"{\\\"path\\\": \\\"a.txt\\\"}\"}}"),
                form("tool_calls", "{\"tool_calls\": [" + CALL + "]}"),
                form("Mistral", "[TOOL_CALLS] [" + CALL + "]"),
                form("Mistral, new", "[TOOL_CALLS]read[ARGS]{\"path\": \"a.txt\"}"),
                form("Mistral with an id", "[TOOL_CALLS]read[CALL_ID]abc123[ARGS]{\"path\": \"a.txt\"}"),
                form("Llama", "<|python_tag|>{\"name\": \"read\", \"parameters\": {\"path\": \"a.txt\"}}<|eom_id|>"),
                form("Llama, as Python", "<|python_tag|>read.call(path=\"a.txt\")<|eom_id|>"),
                form("Llama, as Python without call", "<|python_tag|>read( path = 'a.txt', )"),
                form("Plural", "<tool_calls>[" + CALL + "]</tool_calls>"),
                form("Plural without an array", "<function_calls>\n" + CALL + "\n</function_calls>"),
                form("Typographic quotes", "<tool_call>\n" + typographic(CALL) + "\n</tool_call>"),
                form("Typographic quotes, bare", typographic(CALL)),
                form(
                        "Python",
                        "<tool_call>{'name': 'read', 'arguments': {'path': 'a.txt', 'limit': None}}</tool_call>"));
    }

    private static String typographic(String json) {
        return json.replaceAll("\"([^\"]*)\"", "\u201c$1\u201d");
    }

    private static ArgumentSet form(String name, String text) {
        return org.junit.jupiter.params.provider.Arguments.argumentSet(name, text);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void runsACallInEveryForm(String text) {
        Message.Assistant mended = Repairs.mended(text);

        assertThat(mended.toolCalls())
                .containsExactly(new Part.ToolCall("repair-1", "read", Arguments.of("path", "a.txt")));
        assertThat(mended.parts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepsTheProseBefore(String text) {
        Message.Assistant mended = Repairs.mended("I will read it first.\n\n" + text);

        assertThat(mended.toolCalls()).extracting(Part.ToolCall::tool).containsExactly("read");
        assertThat(mended.text()).isEqualTo("I will read it first.");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void doesNotRunWhatIsQuotedInABlockOfAnotherLanguage(String text) {
        String quoted = "So it is called:\n````text\n" + text + "\n````\n";

        assertThat(Repairs.mend(quoted)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void neverRunsACutReply(String text) {
        for (Finish cut : List.of(Finish.LENGTH, Finish.LOOP, Finish.CANCELLED)) {
            Message.Assistant reply = new Message.Assistant(List.of(new Part.Text(text)), cut);
            assertThat(Repairs.hooks().mendReply(reply)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"name\": \"read\", \"version\": \"1.0.0\", \"dependencies\": {}}\n```",
                "```json\n{\"name\": \"my-app\", \"arguments\": {}}\n```",
                "{\"name\": \"read\"}",
                "```json\n[{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}, {\"x\": 1}]\n```",
                "```json\n{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}\nand so on\n```",
                "Write `<tool_call>{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}</tool_call>` to read.",
                "```xml\n<tool_call>{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}</tool_call>\n```",
                "```python\ncall = {\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}\n```",
                "For example, a call looks like this:\n```json\n{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}\n```",
                "A call is {\"name\": \"read\", \"arguments\": {\"path\": \"a\"}} in JSON.",
                "{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}\nThat is what the first call said.",
                "So:\n{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}\nThis would read a file.",
                "For example: <tool_call>{\"name\": \"read\", \"arguments\": {\"path\": \"a\"}}</tool_call> would read a file.",
                "The model writes <tool_call> and then JSON.",
                "See [the docs](x) and [TOOL_CALLS] in the template.",
                "- [ ] open\n[x] done\n{ braces }",
            })
    void leavesDataAndQuotationsAlone(String text) {
        assertThat(Repairs.mend(text)).isEmpty();
        assertThat(Repairs.nudge(text)).isEmpty();
    }

    @Test
    void runsSeveralCallsInTheirOrder() {
        Message.Assistant mended = Repairs.mended("First:\n<tool_call>" + CALL + "</tool_call>\nthen\n<tool_call>"
                + CALL.replace("a.txt", "b.txt") + "</tool_call>\nand wait.");

        assertThat(mended.toolCalls())
                .extracting(call -> call.id() + " " + call.arguments().text("path"))
                .containsExactly("repair-1 a.txt", "repair-2 b.txt");
        assertThat(mended.text()).isEqualTo("First:\nthen\nand wait.");
    }

    @Test
    void runsBareCallsWithShortProseAround() {
        String other = CALL.replace("a.txt", "b.txt");

        Message.Assistant two = Repairs.mended("First:\n" + CALL + "\nThen:\n" + other);
        assertThat(two.toolCalls())
                .extracting(call -> call.arguments().text("path"))
                .containsExactly("a.txt", "b.txt");
        assertThat(two.text()).isEqualTo("First:\nThen:");
        Message.Assistant one = Repairs.mended("OK.\n" + CALL + "\nThat will do.");
        assertThat(one.toolCalls()).hasSize(1);
        assertThat(one.text()).isEqualTo("OK.\nThat will do.");
    }

    @Test
    void answersBareCallsThatMayBeAnExampleAndRunsNoneOfThem() {
        String prose = "This part of the work needs care. ".repeat(10);
        String text = "First:\n" + CALL + "\n" + prose + "\n" + CALL.replace("a.txt", "b.txt");

        assertThat(Repairs.mend(text)).isEmpty();
        assertThat(Repairs.nudge(text))
                .get()
                .asString()
                .startsWith(
                        "Your call of read could not be read, and nothing of it was run: so much text stands behind it");
        assertThat(Repairs.nudge("{\"name\": \"app\", \"arguments\": {\"x\": 1}}\n" + prose))
                .isEmpty();
    }

    @Test
    void takesSeveralCallsFromOneFrame() {
        String two = CALL + "\n" + CALL.replace("a.txt", "b.txt");

        assertThat(Repairs.mended("<tool_call>" + two + "</tool_call>").toolCalls())
                .hasSize(2);
        assertThat(Repairs.mended("```json\n" + two + "\n```").toolCalls()).hasSize(2);
        assertThat(Repairs.mended(two).toolCalls()).hasSize(2);
        assertThat(Repairs.mended("[TOOL_CALLS]read[ARGS]{\"path\":\"a\"}[TOOL_CALLS]read[ARGS]{\"path\":\"b\"}")
                        .toolCalls())
                .hasSize(2);
        assertThat(Repairs.mended("<|python_tag|>" + CALL + "; " + CALL).toolCalls())
                .hasSize(2);
    }

    @Test
    void takesContentWithFencesAndMarkupInsideAsItIs() {
        String content = "# Title\n\n```json\n{\"name\": \"read\"}\n```\n\nSay <tool_call> or </think>.\n";
        String json = content.replace("\"", "\\\"").replace("\n", "\\n");
        Message.Assistant hermes =
                Repairs.mended("<tool_call>{\"name\":\"write\",\"arguments\":{\"path\":\"a.md\",\"content\":\"" + json
                        + "\"}}</tool_call>");
        Message.Assistant qwen = Repairs.mended("<tool_call>\n<function=write>\n<parameter=path>\na.md\n</parameter>\n"
                + "<parameter=content>\n" + content + "\n</parameter>\n</function>\n</tool_call>");
        Message.Assistant fenced =
                Repairs.mended("```json\n{\"name\":\"write\",\"arguments\":{\"path\":\"a.md\",\"content\":\""
                        + content.replace("\"", "\\\"") + "\"}}\n```");

        for (Message.Assistant mended : List.of(hermes, qwen, fenced)) {
            assertThat(mended.toolCalls()).hasSize(1);
            assertThat(mended.toolCalls().getFirst().arguments().text("content"))
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|python_tag|>read.call(\"a.txt\")",
                "<|python_tag|>read.call(path=\"a.txt\"",
                "<|python_tag|>read.call(path=open(\"a\"))",
                "<tool_call>{\u201cname\u201d: \u201cread\u201d, \u201carguments\u201d: {\u201cpath\u201d: \u201csay \u201chi\u201d\u201d}}</tool_call>",
                "<tool_calls>{\"name\": \"read\", \"arguments\": {\"path\" \"a.txt\"}}</tool_calls>",
            })
    void answersMarkedCallsThatCannotBeReadWithTheSchema(String text) {
        assertThat(Repairs.mend(text)).isEmpty();
        assertThat(Repairs.nudge(text)).get().asString().contains("could not be read", "read takes these arguments");
    }

    @Test
    void answersAMarkedCallWhoseToolCannotBeTold() {
        assertThat(Repairs.nudge("<tool_call>{\"nme\": \"read\", \"args\": {\"path\": \"a\"}}</tool_call>"))
                .get()
                .asString()
                .contains("it is no object of a name and arguments", "The tools are: read, write, edit, bash");
        assertThat(Repairs.nudge("<|python_tag|>print(\"hi\")"))
                .get()
                .asString()
                .contains("there is no tool print");
    }

    @Test
    void doesNotCutAValueThatHoldsMarkupOfCalls() {
        String text =
                "<function=write><parameter=path>a.md</parameter><parameter=content>Write <parameter=path>x</parameter>"
                        + "</function> so.</parameter></function>";

        assertThat(Repairs.mend(text)).isEmpty();
        assertThat(Repairs.nudge(text)).get().asString().contains("the value of content holds markup of calls");
    }

    @Test
    void countsACallInTheThinkingOnlyWhenTheTurnEndedThere() {
        Part thinking = new Part.Thinking("I need the file.\n<tool_call>" + CALL + "</tool_call>");
        Part considered = new Part.Thinking("I could say <tool_call>" + CALL + "</tool_call> but I had better ask.");

        Optional<MendedReply> ended = Repairs.mend(List.of(thinking));
        assertThat(ended).isPresent();
        assertThat(ended.get().parts())
                .containsExactly(
                        new Part.Thinking("I need the file."),
                        new Part.ToolCall("repair-1", "read", Arguments.of("path", "a.txt")));
        assertThat(ended.get().steps()).contains("the thinking ended with the call, and nothing was said after it");
        assertThat(Repairs.mend(List.of(considered))).isEmpty();
        assertThat(Repairs.mend(List.of(thinking, new Part.Text("Which file?"))))
                .isEmpty();
        assertThat(Repairs.mend(List.of(thinking, new Part.ToolCall("c", "read", Arguments.of("path", "b.txt")))))
                .isEmpty();
        assertThat(Repairs.mend(List.of(new Part.Thinking("So:\n" + CALL)))).isEmpty();
    }

    @Test
    void treatsThinkingThatLeakedIntoTheTextAsThinking() {
        String call = "<tool_call>" + CALL + "</tool_call>";

        assertThat(Repairs.mend("<think>Maybe " + call + "</think>\nWhich file do you mean?"))
                .isEmpty();
        assertThat(Repairs.mend("Maybe " + call + "\n</think>\n\nWhich file do you mean?"))
                .isEmpty();
        assertThat(Repairs.mended("<think>Hm.</think>\n" + call).toolCalls()).hasSize(1);
        assertThat(Repairs.mended("<think>I need it.\n" + call).toolCalls()).hasSize(1);
        assertThat(Repairs.mended("<think>I need it.\n" + call + "\n</think>").text())
                .isEqualTo("<think>I need it.</think>");
    }

    @Test
    void doesNotRunACallTwiceThatTheServerFoundToo() {
        Part.ToolCall found = new Part.ToolCall("c1", "read", Arguments.of("path", "a.txt"));

        assertThat(Repairs.mend(List.of(new Part.Text("<tool_call>" + CALL + "</tool_call>"), found)))
                .isEmpty();
        assertThat(Repairs.mend(List.of(new Part.Text("```json\n" + CALL + "\n```"), found)))
                .isEmpty();
        assertThat(Repairs.mend(
                        List.of(new Part.Text("<tool_call>" + CALL.replace("a.txt", "b.txt") + "</tool_call>"), found)))
                .isPresent();
    }

    @Test
    void runsACallOnceThatStandsThereInTwoForms() {
        String twice = "<tool_call>" + CALL + "</tool_call>\n```json\n" + CALL + "\n```";

        Message.Assistant mended = Repairs.mended(twice);

        assertThat(mended.toolCalls()).hasSize(1);
        assertThat(mended.parts()).hasSize(1);
        assertThat(Repairs.mended("<tool_call>" + CALL + "</tool_call>\n<tool_call>" + CALL + "</tool_call>")
                        .toolCalls())
                .hasSize(2);
    }

    @Test
    void readsOtherNamesButLeavesTheirMappingToTheDispatcher() {
        Message.Assistant mended =
                Repairs.mended("{\"name\": \"Read_File\", \"arguments\": {\"file_path\": \"a.txt\"}}");

        assertThat(mended.toolCalls())
                .containsExactly(new Part.ToolCall("repair-1", "Read_File", Arguments.of("file_path", "a.txt")));
    }
}
