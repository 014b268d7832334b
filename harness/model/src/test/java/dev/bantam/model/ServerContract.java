package dev.bantam.model;

import static dev.bantam.model.FakeServer.fixture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.api.ChatModel;
import dev.bantam.model.server.Json;
import dev.bantam.model.server.Timing;
import dev.bantam.testkit.ChatModelContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract, played by a fake server from the fixtures of one server and version. */
abstract class ServerContract extends ChatModelContract {
    static final Timing QUICK = new Timing(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(50));

    FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
        lists(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What the user gives as {@code -m}. */
    abstract String ref();

    /** The folder with the fixtures. */
    abstract String folder();

    abstract void lists(FakeServer fake);

    String ending() {
        return ".sse";
    }

    /** A stream that has begun and not ended. */
    String beginning() {
        String hello = fixture(folder() + "/hello" + ending());
        return hello.substring(0, hello.indexOf(", small") - 1).replaceAll("\n[^\n]*$", "\n");
    }

    static ModelOptions options(FakeServer fake) {
        return ModelOptions.usual()
                .withBaseUrl(fake.url())
                .withSettings(name -> name.endsWith("_KEY") ? Optional.of("k-123") : Optional.empty())
                .withTiming(QUICK);
    }

    @Override
    protected ChatModel model(Scene... scenes) throws Exception {
        for (Scene scene : scenes) {
            switch (scene) {
                case HELLO -> server.thenStream(fixture(folder() + "/hello" + ending()));
                case THINKS -> server.thenStream(fixture(folder() + "/thinks" + ending()));
                case CALL -> server.thenStream(fixture(folder() + "/call" + ending()));
                case TOO_LONG -> server.thenStatus(400, fixture(folder() + "/overflow.json"));
                case GARBAGE -> server.thenStream(beginning() + garbage());
                case BREAKS_OFF -> server.thenBreak(beginning());
                case BUSY ->
                    server.thenStatus(429, "{\"error\":{\"message\":\"Rate limit reached\"}}", "retry-after", "7");
                case STALLS -> server.thenStall(beginning());
            }
        }
        return RemoteModels.open(ModelRef.parse(ref()), options(server));
    }

    String garbage() {
        return "data: {\"id\":\"x\",\"choices\":[{\"del\n\n";
    }

    @Override
    protected List<List<String>> conversations() {
        return server.chats().stream().map(ServerContract::conversation).toList();
    }

    private static List<String> conversation(String body) {
        List<String> pieces = new ArrayList<>();
        JsonNode json = Json.read(body).orElseThrow();
        json.path("system").forEach(block -> pieces.add(block.toString()));
        json.path("tools").forEach(tool -> pieces.add(tool.toString()));
        for (JsonNode message : json.path("messages")) {
            for (JsonNode block : message.path("content")) {
                if (block instanceof ObjectNode object) {
                    object.remove("cache_control"); // a mark that moves on; it is no part of the prompt
                }
            }
            pieces.add(message.toString());
        }
        return pieces;
    }

    @Override
    protected boolean serverSeesTheClientLeave(Duration patience) throws InterruptedException {
        return server.clientLeft().await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
