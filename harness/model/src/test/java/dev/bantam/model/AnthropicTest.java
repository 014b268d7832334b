package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bantam.api.Arguments;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.model.server.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnthropicTest {
    private static final ToolSpec READ = ToolSpec.of("read", "Reads a file.");
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode sent(String model, ChatRequest request) throws Exception {
        server.thenStream(fixture("anthropic-2023-06-01/hello.sse"));
        try (ChatModel opened = Asking.open("anthropic/" + model, server)) {
            opened.reply(request, ReplyListener.NONE);
        }
        return Json.read(server.chats().getLast()).orElseThrow();
    }

    private static ChatRequest thinking(ThinkingLevel level, Message... messages) {
        return Asking.request(List.of(messages), level, READ);
    }

    @Test
    void marksToolsSystemAndTheTwoEndsOfTheConversationForTheCache() throws Exception {
        JsonNode body = sent(
                "claude-test",
                thinking(
                        ThinkingLevel.OFF,
                        Message.User.of("one"),
                        new Message.Assistant(List.of(new Part.Text("two")), Finish.STOP),
                        Message.User.of("three"),
                        new Message.Assistant(List.of(new Part.Text("four")), Finish.STOP),
                        Message.User.of("five")));

        assertThat(body.path("system").path(0).has("cache_control")).isTrue();
        assertThat(body.path("tools").path(0).has("cache_control")).isTrue();
        assertThat(body.path("messages"))
                .extracting(message -> message.path("content").path(0).has("cache_control"))
                .containsExactly(false, false, true, false, true);
    }

    @Test
    void thinksWithABudgetAndWithoutATemperature() throws Exception {
        JsonNode body = sent("claude-test", thinking(ThinkingLevel.MEDIUM, Message.User.of("Hi.")));
        assertThat(body.path("thinking").toString()).isEqualTo("{\"type\":\"enabled\",\"budget_tokens\":4096}");
        assertThat(body.has("temperature")).isFalse();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(8_192);
    }

    @Test
    void keepsTheTemperatureWhenItDoesNotThink() throws Exception {
        JsonNode body = sent("claude-test", thinking(ThinkingLevel.OFF, Message.User.of("Hi.")));
        assertThat(body.has("thinking")).isFalse();
        assertThat(body.path("temperature").asDouble()).isEqualTo(0.3);
    }

    @Test
    void newerModelsThinkAsLongAsTheyLike() throws Exception {
        JsonNode body = sent("claude-opus-4-7", thinking(ThinkingLevel.HIGH, Message.User.of("Hi.")));
        assertThat(body.path("thinking").path("type").asText()).isEqualTo("adaptive");
        assertThat(body.path("output_config").path("effort").asText()).isEqualTo("high");
        assertThat(body.has("temperature")).isFalse();
    }

    @Test
    void sendsEveryThinkingBlockBackInItsPlaceWithItsSeal() throws Exception {
        server.thenStream(fixture("anthropic-2023-06-01/interleaved.sse"))
                .thenStream(fixture("anthropic-2023-06-01/hello.sse"));
        try (ChatModel model = Asking.open("anthropic/claude-test", server)) {
            Message.User question = Message.User.of("Look.");
            Reply first = model.reply(thinking(ThinkingLevel.LOW, question), ReplyListener.NONE);
            model.reply(
                    thinking(
                            ThinkingLevel.LOW,
                            question,
                            first.message(),
                            new Message.ToolReply("toolu_01", "read", new ToolResult.Failed("no such file"))),
                    ReplyListener.NONE);
        }
        JsonNode messages = Json.read(server.chats().getLast()).orElseThrow().path("messages");
        assertThat(messages.path(1).path("content").toString())
                .isEqualTo("[{\"type\":\"thinking\",\"thinking\":\"First.\",\"signature\":\"c2VhbC1vbmU=\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"ZW5jcnlwdGVk\"},"
                        + "{\"type\":\"text\",\"text\":\"I look.\"},"
                        + "{\"type\":\"thinking\",\"thinking\":\"Second.\",\"signature\":\"c2VhbC10d28=\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"toolu_01\",\"name\":\"read\",\"input\":{\"path\":\"a\"}}]");
        assertThat(messages.path(2).path("content").path(0).path("is_error").asBoolean())
                .isTrue();
    }

    @Test
    void leavesOutTheThinkingOfOtherModelsAndDoesNotThinkInTheMiddleOfTheirStep() throws Exception {
        Message.Assistant local = new Message.Assistant(
                List.of(
                        new Part.Thinking("Local thoughts."),
                        new Part.ToolCall("call-1", "read", Arguments.of("path", "a"), Optional.empty())),
                Finish.TOOL_CALLS);
        JsonNode body = sent(
                "claude-test",
                thinking(
                        ThinkingLevel.HIGH,
                        Message.User.of("Look."),
                        local,
                        new Message.ToolReply("call-1", "read", new ToolResult.Done("text"))));

        assertThat(body.toString()).doesNotContain("Local thoughts.");
        assertThat(body.has("thinking")).isFalse();
    }

    @Test
    void countsCachedAndWrittenTokensIntoThePrompt() throws Exception {
        server.thenStream(fixture("anthropic-2023-06-01/hello.sse"));
        Reply reply = Asking.ask("anthropic/claude-test", server);
        assertThat(reply.usage().input()).isEqualTo(200 + 16 + 50);
        assertThat(reply.usage().cached()).isEqualTo(50);
    }

    @Test
    void aReplyCutByTheLimitSaysSo() throws Exception {
        server.thenStream(fixture("anthropic-2023-06-01/hello.sse").replace("end_turn", "max_tokens"));
        assertThat(Asking.ask("anthropic/claude-test", server).message().finish())
                .isEqualTo(Finish.LENGTH);
    }
}
