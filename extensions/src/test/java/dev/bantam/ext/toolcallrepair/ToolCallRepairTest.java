package dev.bantam.ext.toolcallrepair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Event;
import dev.bantam.api.Event.Outcome;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ToolResult;
import dev.bantam.ext.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the repair changes in a whole run: in the workspace, and in what the model reads. */
class ToolCallRepairTest {
    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(folder).with(new ToolCallRepair());
    }

    @Test
    void withoutItTheRunEndsAtTheFirstCallWrittenAsText() {
        Rig plain = new Rig(folder);
        plain.model.says("<tool_call>{\"name\": \"bash\", \"arguments\": {\"command\": \"ls\"}}</tool_call>");

        assertThat(plain.run("go").turns()).isOne();
        assertThat(plain.sandbox.commands()).isEmpty();
    }

    @Test
    void runsACallWrittenAsTextAndTheModelReadsItsResult() {
        rig.model
                .says(
                        "Let me look.\n<tool_call>\n{\"name\": \"bash\", \"arguments\": {\"command\": \"ls\"}}\n</tool_call>")
                .says("Done.");

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.lastRead()).isEqualTo("ran ls");
        assertThat(rig.conversation().get(1))
                .isEqualTo(new Message.Assistant(
                        List.of(
                                new Part.Text("Let me look."),
                                new Part.ToolCall("repair-1", "bash", Arguments.of("command", "ls"))),
                        Finish.STOP));
        assertThat(rig.events(Event.Decided.class))
                .extracting(Event.Decided::reason)
                .containsExactly("took a call of bash that stood in the text as tool_call markup");
    }

    @Test
    void writesTheVeryBytesOfAnObjectThatStoodForAText() throws IOException {
        String json = "{\n  \"name\" : \"demo\",\n  \"version\": 1.0, \"x\": \"\\u00e9\" }";
        rig.model
                .says("<tool_call>{\"name\": \"write\", \"arguments\": {\"path\": \"package.json\", \"content\": "
                        + json + "}}</tool_call>")
                .answers(nativeCall("write", "{\"path\": \"two.json\", \"content\": " + json + "}", "path", "two.json"))
                .says("Done.");

        rig.run("go");

        assertThat(Files.readString(folder.resolve("package.json"))).isEqualTo(json);
        assertThat(Files.readString(folder.resolve("two.json"))).isEqualTo(json);
        assertThat(rig.events(Event.Decided.class))
                .extracting(Event.Decided::reason)
                .contains(
                        "took content of write, a JSON object, as the text that was written",
                        "read the arguments of write anew from what was written: took content of write, a JSON object,"
                                + " as the text that was written");
    }

    @Test
    void readsMalformedArgumentsOfANativeCallFromWhatWasWritten() {
        rig.model
                .answers(nativeCall("bash", "{'command': 'make test', 'timeout_s': '90',}"))
                .says("Done.");

        rig.run("go");

        assertThat(rig.lastRead()).isEqualTo("ran make test");
        Part.ToolCall call =
                ((Message.Assistant) rig.conversation().get(1)).toolCalls().getFirst();
        assertThat(call)
                .isEqualTo(new Part.ToolCall("n1", "bash", Arguments.of("command", "make test", "timeout_s", 90)));
    }

    @Test
    void readsArgumentsWhoseRawTextIsTheWholeCall() {
        rig.model
                .answers(nativeCall("bash", "{\"name\": \"bash\", \"arguments\": {\"command\": \"ls\",}}"))
                .says("Done.");

        rig.run("go");

        assertThat(rig.lastRead()).isEqualTo("ran ls");
    }

    @Test
    void leavesAWellFormedNativeCallAsItWas() {
        Message.Assistant reply = nativeCall("bash", "{\"command\": \"ls\"}", "command", "ls");
        rig.model.answers(reply).says("Done.");

        rig.run("go");

        assertThat(rig.conversation().get(1)).isEqualTo(reply);
        assertThat(rig.decisions()).isEmpty();
    }

    @Test
    void answersANativeCallThatCannotBeReadWithTheFaultAndTheSchema() {
        rig.model.answers(nativeCall("bash", "{\"command\": \"rm -rf build")).says("I see.");

        rig.run("go");

        assertThat(rig.sandbox.commands()).isEmpty();
        assertThat(rig.lastRead())
                .startsWith("Your call of bash could not be read, and nothing of it was run: a text is not closed: it"
                        + " begins with \"rm -rf build.\n\nbash takes these arguments:\n{\"type\": \"object\"");
    }

    @Test
    void doesNotRunAToolWithoutTheArgumentsThatCouldNotBeRead() {
        dev.bantam.api.Tool list = new ListTool();
        rig.tools(List.of(list));
        rig.model.answers(nativeCall("ls", "{\"path\": \"src")).says("ok");

        rig.run("go");

        ToolResult result = rig.events(Event.ToolFinished.class).getFirst().result();
        assertThat(result).isInstanceOf(ToolResult.Refused.class);
        assertThat(result.content()).startsWith("Your call of ls could not be read");
        assertThat(rig.decisions()).containsExactly("tool-call-repair call refused");
    }

    @Test
    void answersAFaultyCallAndTheModelMakesItAgain() throws IOException {
        rig.model
                .says(
                        "<tool_call>{\"name\": \"write\", \"arguments\": {\"path\": \"a.txt\", \"content\": \"say \"hi\"\"}}"
                                + "</tool_call>")
                .says(
                        "<tool_call>{\"name\": \"write\", \"arguments\": {\"path\": \"a.txt\", \"content\": \"say \\\"hi\\\"\"}}"
                                + "</tool_call>")
                .says("Done.");

        assertThat(rig.run("go").outcome()).isEqualTo(Outcome.COMPLETED);

        assertThat(rig.model.requests().get(1).messages().getLast().text()).isEqualTo("""
                        Your call of write could not be read, and nothing of it was run: a comma or } is missing before hi""}}</tool_call>.

                        write takes these arguments:
                        {"type": "object", "properties": {"path": {"type": "string"}, "content": {"type": "string"}}, "required": ["path", "content"]}

                        Make the call again, whole, in this form:
                        <tool_call>
                        {"name": "write", "arguments": {"path": "…", "content": "…"}}
                        </tool_call>""");
        assertThat(Files.readString(folder.resolve("a.txt"))).isEqualTo("say \"hi\"");
        assertThat(rig.decisions()).containsExactly("tool-call-repair turn nudge", "tool-call-repair reply repaired");
    }

    @Test
    void answersWhatDoesNotFitTheSchemaOnlyTwiceInARow() {
        String faulty = "<function=edit>\n<parameter=path>\na\n</parameter>\n</function>";
        rig.model.says(faulty).says(faulty).says(faulty);

        Event.RunFinished finished = rig.run("go");

        assertThat(finished.turns()).isEqualTo(3);
        assertThat(rig.lastRead()).contains("the argument old_text is missing");
        assertThat(rig.decisions()).containsExactly("tool-call-repair turn nudge", "tool-call-repair turn nudge");
    }

    @Test
    void namesTheToolsWhenACallNamesNone() {
        rig.model
                .says("<tool_call>{\"name\": \"browse\", \"arguments\": {\"url\": \"x\"}}</tool_call>")
                .says("ok");

        rig.run("go");

        assertThat(rig.lastRead())
                .isEqualTo("Nothing was run: there is no tool browse. The tools are: read, write, edit, bash. Make the"
                        + " call again with one of these, or answer without a call.");
    }

    @Test
    void answersBareJsonThatNamesAToolAndDoesNotFit() {
        rig.model
                .says("{\"name\": \"edit\", \"arguments\": {\"path\": \"a\", \"text\": \"b\"}}")
                .says("ok");

        rig.run("go");

        assertThat(rig.lastRead())
                .contains("there is no argument text; the arguments are path, old_text, new_text, replace_all");
    }

    @Test
    void idsOfRepairsAreNeverUsedTwice() {
        String call = "<tool_call>{\"name\": \"bash\", \"arguments\": {\"command\": \"ls\"}}</tool_call>";
        rig.model.says(call).says(call + call).says("Done.");

        rig.run("go");

        assertThat(rig.events(Event.ToolStarted.class))
                .extracting(started -> started.call().id())
                .containsExactly("repair-1", "repair-2", "repair-3");
    }

    @Test
    void goesOnCountingInASessionThatIsTakenUpAgain() {
        dev.bantam.api.Hooks hooks = Repairs.hooks();
        hooks.guide(List.of(new Message.Assistant(
                List.of(new Part.ToolCall("repair-7", "bash", Arguments.NONE)), Finish.TOOL_CALLS)));
        Message.Assistant reply = new Message.Assistant(
                List.of(new Part.Text("<function=bash><parameter=command>ls</parameter></function>")), Finish.STOP);

        assertThat(hooks.mendReply(reply).orElseThrow().parts())
                .containsExactly(new Part.ToolCall("repair-8", "bash", Arguments.of("command", "ls")));
    }

    @Test
    void coercesValuesOfMarkupToTheTypesOfTheSchema() {
        Message.Assistant mended = Repairs.mended("<function=edit><parameter=path>a</parameter><parameter=old_text>1"
                + "</parameter><parameter=new_text></parameter><parameter=replace_all>True</parameter></function>");

        assertThat(mended.toolCalls().getFirst().arguments())
                .isEqualTo(Arguments.of("path", "a", "old_text", "1", "new_text", "", "replace_all", true));
    }

    @Test
    void coercesOnlyWhatLosesNothing() {
        assertThat(Repairs.mended("{\"name\":\"read\",\"arguments\":{\"path\":1.50,\"limit\":\"5\",\"offset\":3.0}}")
                        .toolCalls()
                        .getFirst()
                        .arguments())
                .isEqualTo(Arguments.of("path", "1.50", "limit", 5, "offset", 3L));
        assertThat(Repairs.nudge("{\"name\":\"read\",\"arguments\":{\"path\":\"a\",\"limit\":\"five\"}}"))
                .get()
                .asString()
                .contains("limit must be an integer, not a JSON string");
        assertThat(Repairs.nudge("{\"name\":\"read\",\"arguments\":{\"path\":null}}"))
                .get()
                .asString()
                .contains("path must be a string, not a JSON null");
        assertThat(Repairs.nudge("{\"name\":\"read\",\"arguments\":{\"path\":\"a\",\"file_path\":\"b\"}}"))
                .get()
                .asString()
                .contains("the argument path is there twice");
    }

    @Test
    void theExampleInItsAnswerIsACallThatFitsTheSchema() {
        for (String tool : List.of("read", "write", "edit", "bash")) {
            String told = Repairs.nudge(
                            "<tool_call>{\"name\": \"" + tool + "\", \"arguments\": {\"wrong\": 1}}</tool_call>")
                    .orElseThrow();

            assertThat(Repairs.mended(told.substring(told.indexOf("<tool_call>")))
                            .toolCalls())
                    .extracting(Part.ToolCall::tool)
                    .containsExactly(tool);
        }
    }

    private static Message.Assistant nativeCall(String tool, String raw, Object... namesAndValues) {
        Part.ToolCall call = new Part.ToolCall("n1", tool, Arguments.of(namesAndValues), Optional.of(raw));
        return new Message.Assistant(List.of(call), Finish.TOOL_CALLS);
    }
}
