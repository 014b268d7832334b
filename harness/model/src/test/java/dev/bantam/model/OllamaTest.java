package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.Arguments;
import dev.bantam.api.ChatModel;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolResult;
import dev.bantam.model.server.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OllamaTest {
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode sent(String model, ThinkingLevel level, Message... messages) throws Exception {
        server.thenStream(fixture("ollama-0.12.6/hello.jsonl"));
        try (ChatModel opened = Asking.open("ollama/" + model, server)) {
            opened.reply(Asking.request(List.of(messages), level), ReplyListener.NONE);
        }
        return Json.read(server.chats().getLast()).orElseThrow();
    }

    @Test
    void earlierThinkingAndArgumentsGoBackInTheirOrder() throws Exception {
        Message.Assistant said = new Message.Assistant(
                List.of(
                        new Part.Thinking("Hm."),
                        new Part.ToolCall("a", "edit", Arguments.of("z", 1, "path", "p", "a", true))),
                Finish.TOOL_CALLS);
        JsonNode messages = sent(
                        "m",
                        ThinkingLevel.MODEL_DEFAULT,
                        Message.User.of("Hi."),
                        said,
                        new Message.ToolReply("a", "edit", new ToolResult.Done("ok")))
                .path("messages");

        assertThat(messages.path(2).path("thinking").asText()).isEqualTo("Hm.");
        assertThat(messages.path(2)
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("arguments")
                        .toString())
                .isEqualTo("{\"z\":1,\"path\":\"p\",\"a\":true}");
        assertThat(messages.path(3).path("tool_name").asText()).isEqualTo("edit");
    }

    @Test
    void onlyAModelThatCanThinkIsToldWhetherTo() throws Exception {
        assertThat(sent("m", ThinkingLevel.OFF, Message.User.of("Hi.")).has("think"))
                .isFalse();

        server.always("POST /api/show", fixture("ollama-0.12.6/show.json"));
        assertThat(sent("m", ThinkingLevel.OFF, Message.User.of("Hi."))
                        .path("think")
                        .toString())
                .isEqualTo("false");
        assertThat(sent("gpt-oss:20b", ThinkingLevel.HIGH, Message.User.of("Hi."))
                        .path("think")
                        .toString())
                .isEqualTo("\"high\"");
    }

    @Test
    void anEmptyNameMeansTheModelThatIsLoaded() throws Exception {
        server.always("GET /api/tags", fixture("ollama-0.12.6/tags.json"))
                .always("GET /api/ps", "{\"models\":[{\"name\":\"gemma4:latest\",\"context_length\":4096}]}");
        try (ChatModel model = Asking.open("ollama/", server)) {
            assertThat(model.info().ref()).isEqualTo("ollama/gemma4:latest");
        }
    }

    @Test
    void aWindowSmallerThanAskedForIsNoticedAfterTheFirstReply() throws Exception {
        server.always("GET /api/ps", "{\"models\":[{\"name\":\"m:latest\",\"context_length\":8192}]}")
                .thenStream(fixture("ollama-0.12.6/hello.jsonl"));
        try (ChatModel model = Asking.open("ollama/m", server)) {
            model.reply(Asking.hello(), ReplyListener.NONE);
            assertThat(model.info().contextWindow()).isEqualTo(8_192);
        }
    }

    @Test
    void anErrorLineInTheMiddleIsTheServersFailure() {
        server.thenStream("{\"message\":{\"content\":\"x\"},\"done\":false}\n{\"error\":\"unexpected EOF\"}\n");
        assertThat(Asking.failure("ollama/m", server).kind()).isEqualTo(ModelException.Kind.SERVER);
    }
}
