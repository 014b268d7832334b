package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong options, settings and models: one sentence that says what to do, and the exit code that fits. */
class BadUsageIT {
    private Packaged bantam;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bantam = new Packaged(folder);
    }

    @Test
    void anUnknownFlagIsNamed() throws Exception {
        assertRefused(2, bantam.run("--no-such-flag", "-p", "Hello"), "--no-such-flag", "bantam --help");
    }

    @Test
    void anUnknownProviderIsNamedWithTheKnownOnes() throws Exception {
        assertRefused(2, bantam.run("-p", "Hello", "-m", "olama/qwen3"), "olama/qwen3", "Did you mean ollama/qwen3?");
    }

    @Test
    void anUnknownModelIsNamedWithTheNearestOne() throws Exception {
        try (ModelServer server = ModelServer.saying()) {
            Run run = bantam.run("-p", "Hello", "-m", "llamacpp/fake-2", "--base-url", server.url());
            assertRefused(2, run, "fake-2", "Did you mean llamacpp/fake-1?");
        }
        assertRefused(2, bantam.run("-p", "Hello", "-m", "local/no-such"), "local/no-such", "local/tiny-agent");
    }

    @Test
    void aCloudModelWithoutAKeyIsRefused() throws Exception {
        assertRefused(2, bantam.run("-p", "Hello", "-m", "openai/gpt-5"), "OPENAI_API_KEY");
        assertRefused(2, bantam.run("-p", "Hello", "-m", "anthropic/claude-x"), "ANTHROPIC_API_KEY");
    }

    @Test
    void offlineRefusesAnotherMachine() throws Exception {
        Run run = bantam.run("-p", "Hello", "-m", "llamacpp/", "--base-url", "http://192.0.2.1:8080", "--offline");
        assertRefused(2, run, "Offline", "nothing was sent");
    }

    @Test
    void anUnreachableServerFailsWithTheCommandThatStartsIt() throws Exception {
        int port;
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedAtOnce.getLocalPort();
        }
        Run run = bantam.run("-p", "Hello", "-m", "llamacpp/", "--base-url", "http://127.0.0.1:" + port);
        assertRefused(1, run, "127.0.0.1:" + port, "llama-server -m");
    }

    @Test
    void brokenSettingsAreNamedWithTheLine() throws Exception {
        Files.writeString(bantam.settings(), "{\n  \"model\": \"local/tiny-agent\",\n  \"seed\" 5\n}\n");
        assertRefused(2, bantam.run("-p", "Hello"), bantam.settings().toString(), "line 3");
    }

    @Test
    void anUnknownSettingIsNamedWithTheNearestOne() throws Exception {
        Files.writeString(bantam.settings(), "{\"modle\": \"local/tiny-agent\"}");
        assertRefused(2, bantam.run("-p", "Hello"), bantam.settings().toString(), "\"modle\"", "model");
        Files.delete(bantam.settings());
        assertRefused(2, bantam.run("-p", "Hello", "--set", "sead=5"), "\"sead\"", "seed");
    }

    @Test
    void aSettingOfTheWrongTypeIsNamed() throws Exception {
        Files.writeString(bantam.settings(), "{\"seed\": \"five\"}");
        assertRefused(2, bantam.run("-p", "Hello"), "\"seed\"", "whole number", "\"five\"");
        Files.writeString(bantam.settings(), "{\"sandbox\": \"cage\"}");
        assertRefused(2, bantam.run("-p", "Hello"), "\"sandbox\"", "bubblewrap", "\"cage\"");
    }

    @Test
    void aWorkspaceThatIsNotThereIsNamed() throws Exception {
        assertRefused(2, bantam.run("-p", "Hello", "-C", "no-such-folder"), "no-such-folder", "does not exist");
        bantam.file("a.txt", "");
        assertRefused(2, bantam.run("-p", "Hello", "-C", "a.txt"), "a.txt", "not a folder");
    }

    @Test
    void aDamagedModelFileIsNamed() throws Exception {
        Path file = Files.writeString(bantam.folder().resolve("bad.gguf"), "this is no model");
        assertRefused(1, bantam.run("-p", "Hello", "-m", file.toString()), "bad.gguf", "GGUF");
        Path missing = bantam.folder().resolve("missing.gguf");
        assertRefused(1, bantam.run("-p", "Hello", "-m", missing.toString()), "missing.gguf");
    }

    @Test
    void aScriptThatIsNotThereOrWrongIsNamed() throws Exception {
        assertRefused(2, bantam.run("-p", "Hello", "-m", "script/no-such.jsonl"), "no-such.jsonl", "does not exist");
        Path file = Files.writeString(bantam.folder().resolve("bad.jsonl"), "{\"text\":\"a\"}\n{\"txet\":\"b\"}\n");
        assertRefused(1, bantam.run("-p", "Hello", "-m", "script/" + file), "Line 2", "txet");
    }

    @Test
    void eventsNeedAHeadlessRun() throws Exception {
        assertRefused(2, bantam.run("--json"), "--json needs -p");
    }

    @Test
    void anEmptyPromptIsRefused() throws Exception {
        assertRefused(2, bantam.run("-p", "  ", "--json"), "no prompt");
        assertRefused(2, bantam.runWithInput("\n \n", "-p"), "no prompt");
    }

    @Test
    void conflictingSessionOptionsAreRefused() throws Exception {
        String model = bantam.script(Said.text("Hello"));
        assertRefused(2, bantam.run("-p", "Hello", "-m", model, "-c", "--no-session"), "exclude one another");
        assertRefused(2, bantam.run("-p", "Hello", "-m", model, "-c"), "no session", "--continue");
    }

    @Test
    void numbersOutOfTheirRangeAreRefused() throws Exception {
        String model = bantam.script(Said.text("Hello"));
        assertRefused(2, bantam.run("-p", "Hello", "-m", model, "--max-turns", "0"), "max-turns", "at least 1");
        assertRefused(2, bantam.run("-p", "Hello", "-m", model, "--temperature", "9"), "temperature", "0.0 to 2.0");
        assertRefused(2, bantam.run("-p", "Hello", "-m", model, "--thinking", "loudly"), "loudly");
        assertRefused(2, bantam.run("-p", "Hello", "-m", model, "--max-turns", "many"), "--max-turns", "many");
        assertRefused(2, bantam.run("-p", "Hello", "-m", model, "--tools", "reed"), "\"reed\"", "read");
        assertRefused(2, bantam.run("-p", "Hello", "-m", model, "--ext", "+turn-cup"), "turn-cup", "turn-cap");
    }

    private void assertRefused(int exit, Run run, String... told) throws Exception {
        assertThat(run.err()).contains(told).startsWith("bantam: ").doesNotContain("\tat ", "Exception");
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(bantam.keepsNoSession()).isTrue();
    }
}
