package dev.bantam.model;

import static dev.bantam.model.Asking.failure;
import static dev.bantam.model.FakeServer.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bantam.api.ModelException;
import dev.bantam.api.ModelException.Kind;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every failure is one sentence that says what to do. */
class FailureTest {
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "openai/m,401,OPENAI_API_KEY",
        "openrouter/m,403,OPENROUTER_API_KEY",
        "anthropic/m,401,ANTHROPIC_API_KEY"
    })
    void aRefusedKeyNamesItsVariable(String ref, int status, String variable) {
        server.thenStatus(status, "{\"error\":{\"message\":\"Incorrect API key provided\"}}");
        ModelException failure = failure(ref, server);
        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure).hasMessageContaining(variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/m", "openrouter/m", "anthropic/m"})
    void aCloudWithoutAKeyIsNotEvenAsked(String ref) {
        ModelException failure = catchThrowableOfType(
                ModelException.class,
                () -> RemoteModels.open(
                        ModelRef.parse(ref), ModelOptions.usual().withSettings(name -> Optional.empty())));
        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
    }

    @Test
    void aLocalServerGetsNoKeyUnlessThereIsOne() throws Exception {
        server.thenStream(Asking.saysOk(40));
        try (var model = RemoteModels.open(
                ModelRef.parse("llamacpp/m"), ServerContract.options(server).withSettings(name -> Optional.empty()))) {
            model.reply(Asking.hello(), dev.bantam.api.ReplyListener.NONE);
        }
        assertThat(server.got()).noneMatch(got -> got.headers().containsKey("Authorization"));
    }

    @Test
    void aWrongNameGetsTheNearestAndTheList() {
        server.always("GET /v1/models", fixture("vllm-0.11/models.json"));
        ModelException failure = failure("vllm/Qwen/Qwen3-Coder-30B", server);
        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure)
                .hasMessageContaining("Did you mean vllm/Qwen/Qwen3-Coder-30B-A3B-Instruct?")
                .hasMessageContaining("It has: ");
        assertThat(server.chats()).isEmpty();
    }

    @Test
    void aWrongNameOnOllamaGetsTheList() {
        server.always("GET /api/tags", fixture("ollama-0.12.6/tags.json"));
        assertThat(failure("ollama/qwen3:8b", server)).hasMessageContaining("Did you mean ollama/qwen3:14b?");
    }

    @Test
    void aFileNameIsEnoughForLlamaCpp() throws Exception {
        server.always("GET /v1/models", fixture("llamacpp-b6900/models.json")).thenStream(Asking.saysOk(40));
        Asking.ask("llamacpp/qwen3.6-35b-a3b-q4_k_m", server);
        assertThat(server.chats().getFirst()).contains("\"model\":\"/models/Qwen3.6-35B-A3B-Q4_K_M.gguf\"");
    }

    @Test
    void aMissingModelAtTheReplyIsRejected() {
        server.thenStatus(
                404, "{\"error\":{\"message\":\"The model `m` does not exist\",\"code\":\"model_not_found\"}}");
        assertThat(failure("openai/m", server).kind()).isEqualTo(Kind.REJECTED);
    }

    @ParameterizedTest
    @CsvSource({"retry-after,3,3000", "retry-after,1.5,1500", "retry-after-ms,250,250"})
    void waitingTimesAreRead(String header, String value, long millis) {
        server.thenStatus(429, "{\"error\":{\"message\":\"slow down\"}}", header, value);
        assertThat(failure("openai/m", server).retryAfter()).contains(Duration.ofMillis(millis));
    }

    @Test
    void aWaitingTimeCanBeADate() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(90));
        server.thenStatus(429, "{}", "retry-after", date);
        assertThat(failure("openai/m", server).retryAfter().orElseThrow())
                .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90));
    }

    @Test
    void anOverloadedAnthropicIsBusy() {
        server.thenStatus(
                529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
        assertThat(failure("anthropic/m", server).kind()).isEqualTo(Kind.BUSY);
    }

    @Test
    void anOverloadedAnthropicInTheMiddleIsBusy() {
        server.thenStream("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                + "\"message\":\"Overloaded\"}}\n\n");
        assertThat(failure("anthropic/m", server).kind()).isEqualTo(Kind.BUSY);
    }

    @Test
    void aUsedUpQuotaIsNotWorthARetry() {
        server.thenStatus(429, "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\"}}");
        assertThat(failure("openai/m", server).retryable()).isFalse();
    }

    @Test
    void aServersFailureIsWorthARetry() {
        server.thenStatus(500, "{\"error\":{\"message\":\"Failed to parse input at pos 12\"}}");
        ModelException failure = failure("llamacpp/m", server);
        assertThat(failure.kind()).isEqualTo(Kind.SERVER);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("Failed to parse input");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":500,\"message\":\"the request exceeds the available context size\",\"type\":\"x\"}}",
                "{\"error\":{\"code\":400,\"message\":\"x\",\"type\":\"exceed_context_size_error\",\"n_ctx\":256}}",
                "{\"error\":\"Reached context length of 4096 tokens with model (arch: qwen3vlmoe) that does not currently"
                        + " support mid-generation context overflow.\"}",
                "{\"error\":\"The number of tokens to keep from the initial prompt is greater than the context length\"}",
                "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens.\"}",
                "{\"error\":{\"message\":\"input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000\"}}",
                "{\"error\":{\"message\":\"The input (9000 tokens) is longer than the model's context length (8192)\"}}",
                "{\"error\":{\"message\":\"Requested tokens (5160) exceed context window of 512\"}}"
            })
    void theWordsOfOverflowAreKnown(String body) {
        for (int status : new int[] {400, 500}) {
            server.thenStatus(status, body);
            assertThat(failure("llamacpp/m", server).kind()).isEqualTo(Kind.OVERFLOW);
        }
    }

    @Test
    void aRequestThatIsOtherwiseWrongIsNoOverflow() {
        server.thenStatus(400, "{\"error\":{\"message\":\"Unknown field: foo\"}}");
        assertThat(failure("llamacpp/m", server).kind()).isEqualTo(Kind.REJECTED);
    }

    @ParameterizedTest
    @CsvSource({"llamacpp/,llama-server -m", "ollama/,ollama serve", "lmstudio/,lms server start", "vllm/,vllm serve"})
    void nothingThereSaysWhatToStart(String ref, String command) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ModelException failure = catchThrowableOfType(
                ModelException.class,
                () -> RemoteModels.open(
                        ModelRef.parse(ref), ModelOptions.usual().withBaseUrl("http://127.0.0.1:" + port)));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining(command).hasMessageContaining("" + port);
    }
}
