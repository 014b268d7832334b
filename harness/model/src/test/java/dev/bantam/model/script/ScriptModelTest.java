package dev.bantam.model.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptModelTest {
    @TempDir
    private Path folder;

    private ChatModel script(String... lines) throws Exception {
        return ScriptModel.open(Files.write(folder.resolve("s.jsonl"), List.of(lines)), OptionalInt.empty());
    }

    private static Reply next(ChatModel model, Message... messages) throws Exception {
        return model.reply(
                new ChatRequest(
                        "",
                        List.of(),
                        List.of(messages),
                        new ChatRequest.Options(
                                ThinkingLevel.MODEL_DEFAULT, OptionalDouble.empty(), OptionalLong.empty(), 100)),
                ReplyListener.NONE);
    }

    @Test
    void repliesComeInOrderWithIdsThatCountUp() throws Exception {
        ChatModel model = script(
                "# a comment",
                "",
                "{\"thinking\":\"Hm.\",\"text\":\"I look.\",\"tool_calls\":[{\"tool\":\"ls\"},"
                        + "{\"tool\":\"read\",\"arguments\":{\"path\":\"a\",\"limit\":3}}]}",
                "// another",
                "{\"tool_calls\":[{\"tool\":\"ls\",\"arguments\":{}}]}",
                "{\"text\":\"Done.\"}");
        Message.User question = Message.User.of("Hi.");
        Reply first = next(model, question);
        Reply second = next(model, question, first.message());
        Reply third = next(model, question, first.message(), second.message());

        assertThat(first.message().parts())
                .containsExactly(
                        new Part.Thinking("Hm."),
                        new Part.Text("I look."),
                        new Part.ToolCall("call-1", "ls", Arguments.NONE),
                        new Part.ToolCall("call-2", "read", Arguments.of("path", "a", "limit", 3)));
        assertThat(first.message().finish()).isEqualTo(Finish.TOOL_CALLS);
        assertThat(second.message().toolCalls().getFirst().id()).isEqualTo("call-3");
        assertThat(third.message()).isEqualTo(new Message.Assistant(List.of(new Part.Text("Done.")), Finish.STOP));
        assertThat(third.usage().input()).isPositive();
    }

    @Test
    void anEndCanBeGiven() throws Exception {
        ChatModel model = script("{\"text\":\"cut of\",\"finish\":\"length\",\"delay_ms\":1}");
        assertThat(next(model).message().finish()).isEqualTo(Finish.LENGTH);
    }

    @Test
    void oneRequestTooManySaysHowManyReplieThereAre() throws Exception {
        ChatModel model = script("{\"text\":\"one\"}", "{\"text\":\"two\"}");
        next(model);
        next(model);
        ModelException failure = catchThrowableOfType(ModelException.class, () -> next(model));
        assertThat(failure.kind()).isEqualTo(ModelException.Kind.REJECTED);
        assertThat(failure).hasMessageContaining("has 2 replies and the run asked for one more");
    }

    @Test
    void aResumedSessionBeginsAtTheFirstLineOfItsScript() throws Exception {
        Message.Assistant earlier =
                new Message.Assistant(List.of(new Part.ToolCall("call-1", "ls", Arguments.NONE)), Finish.TOOL_CALLS);
        Reply reply = next(script("{\"tool_calls\":[{\"tool\":\"ls\"}]}"), Message.User.of("Hi."), earlier);
        assertThat(reply.message().toolCalls().getFirst().id()).isEqualTo("call-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\":             | Line 2",
                "[1]                    | no JSON object",
                "{\"txt\":\"x\"}        | unknown key \"txt\"",
                "{\"text\":1}           | is no text",
                "{\"tool_calls\":[{}]}  | tool call",
                "{\"finish\":\"maybe\"} | unknown \"finish\"",
            })
    void aWrongLineIsNamed(String line, String words) {
        ModelException failure = catchThrowableOfType(ModelException.class, () -> script("{\"text\":\"fine\"}", line));
        assertThat(failure.kind()).isEqualTo(ModelException.Kind.UNUSABLE);
        assertThat(failure).hasMessageContaining("Line 2").hasMessageContaining(words);
    }

    @Test
    void aMissingFileIsSaidSo() {
        ModelException failure = catchThrowableOfType(
                ModelException.class, () -> ScriptModel.open(folder.resolve("none"), OptionalInt.empty()));
        assertThat(failure.kind()).isEqualTo(ModelException.Kind.REJECTED);
        assertThat(failure).hasMessageContaining("does not exist");
    }

    @Test
    void aFileThatIsNoTextIsUnusable() throws Exception {
        Path file = Files.write(folder.resolve("s.jsonl"), new byte[] {(byte) 0xff, 1});
        ModelException failure =
                catchThrowableOfType(ModelException.class, () -> ScriptModel.open(file, OptionalInt.empty()));
        assertThat(failure.kind()).isEqualTo(ModelException.Kind.UNUSABLE);
    }
}
