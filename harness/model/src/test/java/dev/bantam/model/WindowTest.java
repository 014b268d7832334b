package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ReplyListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The window is the loaded one, as the server tells it. */
class WindowTest {
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int window(String ref) throws Exception {
        try (ChatModel model = Asking.open(ref, server)) {
            return model.info().contextWindow();
        }
    }

    @Test
    void llamaCppGivesTheShareOfASlot() throws Exception {
        server.always("GET /v1/models", fixture("llamacpp-b6900/models.json"))
                .always("GET /props", fixture("llamacpp-b6900/props.json"))
                .always("GET /slots", fixture("llamacpp-b6900/slots.json"));
        try (ChatModel model = Asking.open("llamacpp/", server)) {
            assertThat(model.info().contextWindow()).isEqualTo(16_384);
            assertThat(model.info().windowMend()).get().asString().contains("llama-server -c");
            assertThat(model.info().local()).isTrue();
        }
    }

    @Test
    void llamaCppWithoutSlotsGivesItsSettings() throws Exception {
        server.always("GET /props", fixture("llamacpp-b6900/props.json"));
        assertThat(window("llamacpp/any")).isEqualTo(32_768);
    }

    @Test
    void lmStudioGivesTheLoadedLengthAndNotTheLongestPossible() throws Exception {
        server.always("GET /v1/models", fixture("lmstudio-0.3.31/models.json"))
                .always("GET /api/v0/models", fixture("lmstudio-0.3.31/native-models.json"));
        try (ChatModel model = Asking.open("lmstudio/", server)) {
            assertThat(model.info().ref()).isEqualTo("lmstudio/qwen/qwen3-coder-30b");
            assertThat(model.info().contextWindow()).isEqualTo(16_384);
            assertThat(model.info().windowMend())
                    .get()
                    .asString()
                    .contains("lms load qwen/qwen3-coder-30b --context-length");
        }
    }

    @Test
    void lmStudioThatLoadsOnDemandIsAskedAgainAfterTheFirstReply() throws Exception {
        server.thenStream(Asking.saysOk(40));
        try (ChatModel model = Asking.open("lmstudio/m", server)) {
            assertThat(model.info().contextWindow()).isEqualTo(4_096);
            server.always("GET /api/v0/models", "{\"data\":[{\"id\":\"m\",\"loaded_context_length\":12000}]}");
            model.reply(Asking.hello(), ReplyListener.NONE);
            assertThat(model.info().contextWindow()).isEqualTo(12_000);
        }
    }

    @Test
    void lmStudiosNewerInterfaceIsAskedToo() throws Exception {
        server.always(
                "GET /api/v1/models",
                "{\"models\":[{\"key\":\"m\",\"max_context_length\":262144,\"loaded_instances\":"
                        + "[{\"id\":\"m\",\"config\":{\"context_length\":20000}}]}]}");
        assertThat(window("lmstudio/m")).isEqualTo(20_000);
    }

    @Test
    void vllmGivesItsLongestModelLength() throws Exception {
        server.always("GET /v1/models", fixture("vllm-0.11/models.json"));
        assertThat(window("vllm/")).isEqualTo(16_384);
    }

    @Test
    void openRouterGivesTheContextLength() throws Exception {
        server.always("GET /v1/models", fixture("openrouter-2026-11/models.json"));
        assertThat(window("openrouter/qwen/qwen3-coder")).isEqualTo(16_384);
    }

    @Test
    void anthropicGivesTheLargestInput() throws Exception {
        server.always("GET /v1/models", fixture("anthropic-2023-06-01/models.json"));
        assertThat(window("anthropic/claude-sonnet-4-5-20250929")).isEqualTo(200_000);
    }

    @Test
    void ollamaIsAskedForAWindowInEveryRequest() throws Exception {
        server.always("POST /api/show", fixture("ollama-0.12.6/show.json"))
                .thenStream(fixture("ollama-0.12.6/hello.jsonl"));
        Asking.ask("ollama/qwen3:14b", server);
        assertThat(server.chats().getLast()).contains("\"num_ctx\":32768").contains("\"truncate\":false");
    }

    @Test
    void ollamaIsAskedForNoMoreThanTheModelWasTrainedFor() throws Exception {
        server.always(
                "POST /api/show", "{\"model_info\":{\"general.architecture\":\"phi\",\"phi.context_length\":16384}}");
        assertThat(window("ollama/phi")).isEqualTo(16_384);
    }

    @Test
    void ollamasModelFileIsHeeded() throws Exception {
        server.always("POST /api/show", "{\"parameters\":\"temperature 1\\nnum_ctx                        8192\"}");
        assertThat(window("ollama/mine")).isEqualTo(8_192);
    }

    @Test
    void whatTheUserSaysCountsMost() throws Exception {
        server.thenStream(fixture("ollama-0.12.6/hello.jsonl"));
        try (ChatModel model = RemoteModels.open(
                ModelRef.parse("ollama/qwen3:14b"),
                ServerContract.options(server).withContextTokens(65_536))) {
            model.reply(Asking.hello(), ReplyListener.NONE);
            assertThat(model.info().contextWindow()).isEqualTo(65_536);
        }
        assertThat(server.chats().getLast()).contains("\"num_ctx\":65536");
    }
}
