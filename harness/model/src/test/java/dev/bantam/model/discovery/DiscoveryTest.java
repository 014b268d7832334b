package dev.bantam.model.discovery;

import static dev.bantam.model.FakeServer.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bantam.model.FakeServer;
import dev.bantam.model.server.ServerKind;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private static List<Found> on(ServerKind kind, FakeServer server) throws Exception {
        return new Discovery(Map.of(kind, server.url()), PATIENT, List.of()).find();
    }

    @Test
    void findsWhatLlamaCppHasLoaded() throws Exception {
        try (FakeServer server = new FakeServer()
                .always("GET /v1/models", fixture("llamacpp-b6900/models.json"))
                .always("GET /props", fixture("llamacpp-b6900/props.json"))) {
            Found found = on(ServerKind.LLAMACPP, server).getFirst();
            assertThat(found.ref()).isEqualTo("llamacpp//models/Qwen3.6-35B-A3B-Q4_K_M.gguf");
            assertThat(found.kind()).isEqualTo(Found.Kind.LOADED);
            assertThat(found.contextWindow()).isEqualTo(OptionalInt.of(32_768));
        }
    }

    @Test
    void putsWhatIsLoadedBeforeWhatCouldBe() throws Exception {
        try (FakeServer server = new FakeServer()
                .always("GET /api/tags", fixture("ollama-0.12.6/tags.json"))
                .always("GET /api/ps", "{\"models\":[{\"name\":\"gemma4:latest\",\"context_length\":4096}]}")) {
            assertThat(on(ServerKind.OLLAMA, server))
                    .extracting(found -> found.ref() + " " + found.kind())
                    .containsExactly("ollama/gemma4:latest LOADED", "ollama/qwen3:14b ON_SERVER");
        }
    }

    @Test
    void leavesOutEmbeddings() throws Exception {
        try (FakeServer server =
                new FakeServer().always("GET /api/v0/models", fixture("lmstudio-0.3.31/native-models.json"))) {
            assertThat(on(ServerKind.LMSTUDIO, server))
                    .extracting(Found::ref)
                    .containsExactly("lmstudio/qwen/qwen3-coder-30b");
        }
    }

    @Test
    void findsVllm() throws Exception {
        try (FakeServer server = new FakeServer().always("GET /v1/models", fixture("vllm-0.11/models.json"))) {
            assertThat(on(ServerKind.VLLM, server).getFirst().contextWindow()).isEqualTo(OptionalInt.of(16_384));
        }
    }

    @Test
    void whatDoesNotListenOrDoesNotAnswerIsNotThere() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThat(new Discovery(
                                    Map.of(
                                            ServerKind.LLAMACPP,
                                            "http://127.0.0.1:" + silent.getLocalPort(),
                                            ServerKind.VLLM,
                                            "http://127.0.0.1:9"),
                                    Duration.ofMillis(200),
                                    List.of())
                            .find())
                    .isEmpty();
        }
    }

    @Test
    void refusesToAskAnotherMachine() {
        assertThatThrownBy(() ->
                        new Discovery(Map.of(ServerKind.VLLM, "http://192.168.1.10:8000"), PATIENT, List.of()).find())
                .hasStackTraceContaining("is not on this machine");
    }

    @Test
    void countsASplitModelOnceAndAFileUnderTwoNamesOnce(@TempDir Path home) throws Exception {
        Path models = Files.createDirectories(home.resolve("models"));
        Files.write(models.resolve("big-00001-of-00002.gguf"), new byte[30]);
        Files.write(models.resolve("big-00002-of-00002.gguf"), new byte[12]);
        Files.write(models.resolve("mmproj-big.gguf"), new byte[5]);
        Files.write(models.resolve("notes.txt"), new byte[5]);
        Path blob = home.resolve(".cache/huggingface/hub/models--x--y/blobs/abc");
        Path link = home.resolve(".cache/huggingface/hub/models--x--y/snapshots/1/small.gguf");
        Files.createDirectories(blob.getParent());
        Files.createDirectories(link.getParent());
        Files.write(blob, new byte[7]);
        Files.createSymbolicLink(link, blob);
        Files.createSymbolicLink(link.resolveSibling("again.gguf"), blob);

        List<Found> found = new Discovery(
                        Map.of(),
                        PATIENT,
                        ModelFolders.usual(
                                name -> name.equals("HOME") ? Optional.of(home.toString()) : Optional.empty()))
                .find();
        assertThat(found).hasSize(2);
        assertThat(found).anySatisfy(model -> {
            assertThat(model.ref())
                    .isEqualTo(models.resolve("big-00001-of-00002.gguf").toString());
            assertThat(model.bytes()).hasValue(42);
        });
        assertThat(found).anySatisfy(model -> assertThat(model.bytes()).hasValue(7));
    }

    @Test
    void theEnvironmentMovesTheFolders() {
        Map<String, String> environment =
                Map.of("HOME", "/h", "XDG_DATA_HOME", "/d", "XDG_CACHE_HOME", "/c", "HF_HOME", "/hf");
        assertThat(ModelFolders.usual(name -> Optional.ofNullable(environment.get(name))))
                .contains(
                        Path.of("/d/bantam/models"),
                        Path.of("/h/models"),
                        Path.of("/h/.lmstudio/models"),
                        Path.of("/c/llama.cpp"),
                        Path.of("/hf/hub"));
    }
}
