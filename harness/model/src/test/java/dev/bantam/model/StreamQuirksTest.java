package dev.bantam.model;

import static dev.bantam.model.Asking.ask;
import static dev.bantam.model.Asking.chunks;
import static dev.bantam.model.Asking.delta;
import static dev.bantam.model.Asking.end;
import static dev.bantam.model.Asking.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatModel;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ToolResult;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers of OpenAI's dialect really send. */
class StreamQuirksTest {
    private static final String REF = "llamacpp/any";
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<Part.ToolCall> calls(String... deltas) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String calls : deltas) {
            stream.append(chunks(delta("{\"tool_calls\":[" + calls + "]}")));
        }
        server.thenStream(stream + chunks(end("tool_calls"), "[DONE]"));
        return ask(REF, server).message().toolCalls();
    }

    @Test
    void callsWithoutIndexAreToldApartByTheirIds() throws Exception {
        assertThat(calls(
                        "{\"id\":\"a\",\"function\":{\"name\":\"ls\",\"arguments\":\"{\\\"path\\\":\"}}",
                        "{\"id\":\"a\",\"function\":{\"arguments\":\"\\\"x\\\"}\"}}",
                        "{\"id\":\"b\",\"function\":{\"name\":\"ls\",\"arguments\":\"{\\\"path\\\":\\\"y\\\"}\"}}"))
                .extracting(call -> call.id() + call.arguments().text("path"))
                .containsExactly("ax", "by");
    }

    @Test
    void callsThatAreAllNumberedZeroAreToldApart() throws Exception {
        assertThat(calls(
                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"ls\",\"arguments\":\"{}\"}}",
                        "{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"glob\",\"arguments\":\"{}\"}}"))
                .extracting(Part.ToolCall::tool)
                .containsExactly("ls", "glob");
    }

    @Test
    void callsWithoutIdsGetTheirOwn() throws Exception {
        assertThat(calls("{\"index\":0,\"id\":null,\"function\":{\"name\":\"ls\",\"arguments\":\"{}\"}},"
                        + "{\"index\":1,\"id\":\"\",\"function\":{\"name\":\"ls\",\"arguments\":\"{}\"}}"))
                .extracting(Part.ToolCall::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> !id.isBlank());
    }

    @Test
    void callsWithEqualIdsAreMadeDifferent() throws Exception {
        assertThat(calls("{\"index\":0,\"id\":\"call_0\",\"function\":{\"name\":\"ls\",\"arguments\":\"{}\"}},"
                        + "{\"index\":1,\"id\":\"call_0\",\"function\":{\"name\":\"ls\",\"arguments\":\"{}\"}}"))
                .extracting(Part.ToolCall::id)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void argumentsThatAreAnObjectAreTaken() throws Exception {
        assertThat(calls("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"ls\",\"arguments\":{\"path\":\"x\"}}}"))
                .extracting(call -> call.arguments().text("path"))
                .containsExactly("x");
    }

    @Test
    void noArgumentsAreNone() throws Exception {
        assertThat(calls("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"ls\",\"arguments\":null}}"))
                .containsExactly(new Part.ToolCall("a", "ls", Arguments.NONE));
    }

    @Test
    void argumentsThatAreNoJsonKeepTheirTextForARepair() throws Exception {
        Part.ToolCall call = calls(
                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"ls\",\"arguments\":\"{path: x\"}}")
                .getFirst();
        assertThat(call.arguments()).isEqualTo(Arguments.NONE);
        assertThat(call.raw()).contains("{path: x");
    }

    @ParameterizedTest
    @CsvSource({"stop,STOP", "eos,STOP", "length,LENGTH", "max_tokens,LENGTH", "tool_calls,STOP"})
    void finishReasonsAreUnderstood(String reason, Finish finish) throws Exception {
        server.thenStream(chunks(delta("{\"content\":\"x\"}"), end(reason), "[DONE]"));
        assertThat(ask(REF, server).message().finish()).isEqualTo(finish);
    }

    @Test
    void callsThatEndWithStopAreCalls() throws Exception {
        server.thenStream(chunks(
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"ls\",\"arguments\":\"{}\"}}]}"),
                end("stop"),
                "[DONE]"));
        assertThat(ask(REF, server).message().finish()).isEqualTo(Finish.TOOL_CALLS);
    }

    @Test
    void aCallCutByTheLimitSaysSo() throws Exception {
        server.thenStream(chunks(
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"bash\",\"arguments\":\"{\\\"comm\"}}]}"),
                end("length"),
                "[DONE]"));
        Message.Assistant message = ask(REF, server).message();
        assertThat(message.finish()).isEqualTo(Finish.LENGTH);
        assertThat(message.toolCalls().getFirst().arguments()).isEqualTo(Arguments.NONE);
    }

    @Test
    void halfACallBeforeTheEndOfTheStreamIsNotUsed() {
        server.thenStream(chunks(
                delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"bash\",\"arguments\":\"{\\\"comm\"}}]}"),
                "[DONE]"));
        assertThat(failure(REF, server).kind()).isEqualTo(ModelException.Kind.BROKEN_STREAM);
    }

    @Test
    void aStreamThatMerelyEndsIsNotUsed() {
        server.thenStream(
                chunks(delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"ls\",\"arguments\":\"{}\"}}]}")));
        assertThat(failure(REF, server).kind()).isEqualTo(ModelException.Kind.BROKEN_STREAM);
    }

    @Test
    void aFinishedReplyNeedsNoDoneMark() throws Exception {
        server.thenStream(chunks(delta("{\"content\":\"x\"}"), end("stop")));
        assertThat(ask(REF, server).message().text()).isEqualTo("x");
    }

    @Test
    void aConnectionLostAfterTheLastWordDoesNotMatter() throws Exception {
        server.thenBreak(chunks(delta("{\"content\":\"x\"}"), end("stop"), "[DONE]"));
        assertThat(ask(REF, server).message().text()).isEqualTo("x");
    }

    @Test
    void aServerThatDoesNotStreamIsUnderstood() throws Exception {
        server.thenStatus(
                200,
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"whole\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":1}}");
        assertThat(ask(REF, server).message().text()).isEqualTo("whole");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llamacpp-b6900/overflow-in-stream.sse"})
    void anOverflowInsideAStreamIsAnOverflow(String fixture) {
        server.thenStream(FakeServer.fixture(fixture));
        assertThat(failure(REF, server).kind()).isEqualTo(ModelException.Kind.OVERFLOW);
    }

    @Test
    void anErrorInsideAStreamIsTheServersFailure() {
        server.thenStream(
                chunks(delta("{\"content\":\"x\"}"), "{\"error\":{\"message\":\"CUDA error\",\"code\":500}}"));
        ModelException failure = failure(REF, server);
        assertThat(failure.kind()).isEqualTo(ModelException.Kind.SERVER);
        assertThat(failure).hasMessageContaining("CUDA error");
    }

    @Test
    void reasoningUnderEitherNameGoesBackAsReasoningContent() throws Exception {
        server.thenStream(chunks(
                        delta("{\"reasoning\":\"Because\"}"), delta("{\"content\":\"x\"}"), end("stop"), "[DONE]"))
                .thenStream(Asking.saysOk(200));
        try (ChatModel model = Asking.open(REF, server)) {
            Message.Assistant first =
                    model.reply(Asking.hello(), ReplyListener.NONE).message();
            assertThat(first.thinking()).isEqualTo("Because");
            model.reply(Asking.request(Message.User.of("Hi."), first, Message.User.of("Go on.")), ReplyListener.NONE);
        }
        assertThat(server.chats().getLast()).contains("\"reasoning_content\":\"Because\"");
    }

    @Test
    void argumentsGoBackAsTheModelWroteThem() throws Exception {
        String raw = "{ \"path\" :\"a\\u00e9\" , \"limit\":1.50 }";
        server.thenStream(chunks(
                        delta(
                                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"read\",\"arguments\":"
                                        + dev.bantam.model.server.Json.write(raw) + "}}]}"),
                        end("tool_calls"),
                        "[DONE]"))
                .thenStream(Asking.saysOk(200));
        try (ChatModel model = Asking.open(REF, server)) {
            Message.Assistant first =
                    model.reply(Asking.hello(), ReplyListener.NONE).message();
            model.reply(
                    Asking.request(
                            Message.User.of("Hi."),
                            first,
                            new Message.ToolReply("a", "read", new ToolResult.Done("text"))),
                    ReplyListener.NONE);
        }
        assertThat(server.chats().getLast()).contains(dev.bantam.model.server.Json.write(raw));
    }

    @Test
    void aCallThatWasNoJsonGoesBackAsJson() throws Exception {
        server.thenStream(Asking.saysOk(200));
        Part.ToolCall broken = new Part.ToolCall("a", "read", Arguments.NONE, java.util.Optional.of("{path: x"));
        try (ChatModel model = Asking.open(REF, server)) {
            model.reply(
                    Asking.request(
                            Message.User.of("Hi."),
                            new Message.Assistant(List.of(broken), Finish.TOOL_CALLS),
                            new Message.ToolReply("a", "read", new ToolResult.Refused("not JSON"))),
                    ReplyListener.NONE);
        }
        assertThat(server.chats().getLast()).contains("\"arguments\":\"{}\"");
    }
}
