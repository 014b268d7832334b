package dev.bantam.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bantam.api.Sandbox;
import dev.bantam.api.Sandbox.Command;
import dev.bantam.sandbox.registry.PretendedOutside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands reach with {@link Network#REGISTRIES}, from inside, for every kind that confines. */
@Timeout(120)
abstract class RegistriesSuite {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Opens a connection to the proxy, as file 3. */
    private static final String TO_THE_PROXY = "exec 3<>/dev/tcp/127.0.0.1/${http_proxy##*:} && ";

    @TempDir
    Path temporary;

    private PretendedOutside outside;
    private Path workspace;
    private Sandbox sandbox;

    protected abstract Sandbox open(Confinement confinement) throws IOException;

    @BeforeEach
    void openSandbox() throws IOException {
        workspace = Files.createDirectory(temporary.toRealPath().resolve("workspace"));
        Unprivileged.give(workspace);
        outside = new PretendedOutside();
        sandbox = open(Confinement.of(workspace, Map.of("PATH", System.getenv("PATH")))
                .with(Network.REGISTRIES)
                .with(outside.registries()));
    }

    @AfterEach
    void closeSandbox() throws IOException {
        sandbox.close();
        outside.close();
    }

    private String run(String line) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        sandbox.run(new Command(line, workspace, LONG), bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            output.writeBytes(copy);
        });
        return output.toString(StandardCharsets.UTF_8);
    }

    private String ask(String request) throws IOException, InterruptedException {
        return run(TO_THE_PROXY + "printf '" + request + " HTTP/1.1\\r\\n\\r\\n' >&3 && cat <&3");
    }

    @Test
    void aRegistryIsReached() throws Exception {
        assertThat(ask("GET http://registry.example/index"))
                .startsWith("HTTP/1.1 200")
                .endsWith("the upstream\n");

        assertThat(outside.next()).isEqualTo("connected with 198.51.100.7 80");
        assertThat(outside.next()).startsWith("GET /index HTTP/1.1\r\nHost: registry.example\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://elsewhere.example/",
                "CONNECT 127.0.0.1:443",
                "CONNECT 198.51.100.7:443",
                "CONNECT registry.example:22",
                "GET http://loopback.example/",
                "CONNECT mixed.example:443",
                "CONNECT private.example:443"
            })
    void nothingElseIsReached(String request) throws Exception {
        assertThat(ask(request)).startsWith("HTTP/1.1 403");

        assertThat(outside.untouched()).isTrue();
    }

    @Test
    void namesMeanNothingWithoutTheProxy() throws Exception {
        assertThat(run("getent hosts deb.debian.org; (exec 3<>/dev/tcp/registry.example/80) && echo connected"))
                .doesNotContain("connected\n")
                .doesNotStartWith("1");
    }

    @Test
    void manyProgramsUseItAtOnceAndLargePagesComeWhole() throws Exception {
        String many = "for i in 1 2 3 4 5 6 7 8 9 10; do (" + TO_THE_PROXY
                + "printf 'GET http://registry.example/ HTTP/1.1\\r\\n\\r\\n' >&3; tail -n 1 <&3) & done; wait";

        assertThat(run(many)).isEqualTo("the upstream\n".repeat(10));
    }

    @Test
    void itIsNotSeenInTheOutputAndComesBackWhenItIsKilled() throws Exception {
        assertThat(run("echo only this")).isEqualTo("only this\n");
        run("for f in /proc/[0-9]*; do grep -qE 'relay.p[ly]' $f/cmdline && kill -9 ${f#/proc/}; done 2>/dev/null");
        for (int i = 0; i < 50 && !run(TO_THE_PROXY + "echo open").equals("open\n"); i++) {
            Thread.sleep(100);
        }

        assertThat(ask("GET http://registry.example/")).endsWith("the upstream\n");
    }

    @Test
    void buildToolsAreToldOfIt() throws Exception {
        assertThat(run("echo $HTTPS_PROXY $no_proxy $MAVEN_OPTS"))
                .matches("http://127\\.0\\.0\\.1:\\d+ localhost.*-Dhttps\\.proxyPort=\\d+ .*\n");
    }
}
