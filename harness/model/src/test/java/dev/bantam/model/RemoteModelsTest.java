package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bantam.api.ChatModel;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteModelsTest {
    @ParameterizedTest
    @ValueSource(strings = {"openai/m", "openrouter/m", "anthropic/m"})
    void offlineRefusesEverythingThatIsNotOnThisMachine(String ref) {
        ModelException refused = catchThrowableOfType(
                ModelException.class,
                () -> RemoteModels.open(
                        ModelRef.parse(ref),
                        ModelOptions.usual().withOffline(true).withSettings(name -> Optional.of("k"))));
        assertThat(refused.kind()).isEqualTo(ModelException.Kind.REJECTED);
        assertThat(refused).hasMessageContaining("--offline");
    }

    @Test
    void offlineRefusesALocalKindOfServerOnAnotherMachine() {
        ModelException refused = catchThrowableOfType(
                ModelException.class,
                () -> RemoteModels.open(
                        ModelRef.parse("llamacpp/m"),
                        ModelOptions.usual().withOffline(true).withBaseUrl("http://desk.example:8080")));
        assertThat(refused).hasMessageContaining("--offline");
    }

    @Test
    void offlineAllowsAServerOnThisMachine() throws Exception {
        try (FakeServer server = new FakeServer().thenStream(Asking.saysOk(40));
                ChatModel model = RemoteModels.open(
                        ModelRef.parse("llamacpp/m"),
                        ServerContract.options(server).withOffline(true))) {
            assertThat(model.reply(Asking.hello(), ReplyListener.NONE).message().text())
                    .isEqualTo("OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1", "/v1/", "/v1/chat/completions"})
    void anAddressIsTakenInAnyForm(String ending) throws Exception {
        try (FakeServer server = new FakeServer().thenStream(Asking.saysOk(40));
                ChatModel model = RemoteModels.open(
                        ModelRef.parse("openai/m"),
                        ServerContract.options(server).withBaseUrl(server.url() + ending))) {
            model.reply(Asking.hello(), ReplyListener.NONE);
            assertThat(server.got().getLast().path()).isIn("/v1/chat/completions", "/v1/models");
            assertThat(server.got()).anyMatch(got -> got.path().equals("/v1/chat/completions"));
        }
    }

    @Test
    void whatIsNoAddressIsSaidSo() {
        ModelException refused = catchThrowableOfType(
                ModelException.class,
                () -> RemoteModels.open(
                        ModelRef.parse("llamacpp/m"), ModelOptions.usual().withBaseUrl("http://not an address")));
        assertThat(refused).hasMessageContaining("is no address");
    }

    @Test
    void ollamasOwnVariableIsRespected() throws Exception {
        try (FakeServer server = new FakeServer().always("GET /api/tags", fixture("ollama-0.12.6/tags.json"));
                ChatModel model = RemoteModels.open(
                        ModelRef.parse("ollama/gemma4"),
                        ModelOptions.usual()
                                .withSettings(name -> name.equals("OLLAMA_HOST")
                                        ? Optional.of(server.url().replace("http://127.0.0.1", "0.0.0.0"))
                                        : Optional.empty())
                                .withTiming(ServerContract.QUICK))) {
            assertThat(model.info().ref()).isEqualTo("ollama/gemma4:latest");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llamacpp/m,off,'\"enable_thinking\":false'",
        "llamacpp/m,low,'\"thinking_budget_tokens\":1024'",
        "vllm/m,off,'\"enable_thinking\":false'",
        "openrouter/m,off,'\"reasoning\":{\"effort\":\"none\"}'",
        "openrouter/m,2048,'\"reasoning\":{\"max_tokens\":2048}'",
        "openai/m,off,'\"enable_thinking\":false'",
        "openai/o4-mini,high,'\"reasoning_effort\":\"high\"'",
    })
    void theThinkingLevelReachesTheServer(String ref, String level, String field) throws Exception {
        try (FakeServer server = new FakeServer().thenStream(Asking.saysOk(40));
                ChatModel model = Asking.open(ref, server)) {
            model.reply(
                    Asking.request(List.of(Message.User.of("Hi.")), ThinkingLevel.parse(level)), ReplyListener.NONE);
            assertThat(server.chats().getLast()).contains(field);
        }
    }

    @Test
    void aServerOfAnUnknownKindHearsOfThinkingOnlyWhenItIsOff() throws Exception {
        try (FakeServer server = new FakeServer().thenStream(Asking.saysOk(40));
                ChatModel model = Asking.open("openai/m", server)) {
            model.reply(
                    Asking.request(List.of(Message.User.of("Hi.")), ThinkingLevel.parse("low")), ReplyListener.NONE);
            assertThat(server.chats().getLast()).doesNotContain("chat_template_kwargs", "reasoning_effort");
        }
    }

    @Test
    void aReplyMayNotBeLongerThanTheRestOfTheWindow() throws Exception {
        try (FakeServer server = new FakeServer()
                        .always("GET /v1/models", "{\"data\":[{\"id\":\"m\",\"max_model_len\":4096}]}")
                        .thenStream(Asking.saysOk(40));
                ChatModel model = Asking.open("vllm/m", server)) {
            model.reply(Asking.hello(), ReplyListener.NONE);
            assertThat(server.chats().getLast()).containsPattern("\"max_tokens\":40\\d\\d");
        }
    }
}
