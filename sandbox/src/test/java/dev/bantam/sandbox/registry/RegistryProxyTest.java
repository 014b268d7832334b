package dev.bantam.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegistryProxyTest {
    @TempDir
    Path temporary;

    private PretendedOutside outside;
    private RegistryProxy proxy;
    private Path link;
    private SocketChannel client;

    @BeforeEach
    void listen() throws IOException {
        outside = new PretendedOutside();
        Path folder = Files.createDirectory(temporary.resolve("a folder with a name that is too long ".repeat(5)));
        proxy = RegistryProxy.listen(folder, outside.registries());
        link = Files.createSymbolicLink(temporary.resolve("l"), folder);
        client = SocketChannel.open(UnixDomainSocketAddress.of(link.resolve(Relay.SOCKET)));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        outside.close();
    }

    private String answer(String request) throws IOException {
        write(request.getBytes(StandardCharsets.ISO_8859_1));
        return rest();
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream out = Channels.newOutputStream(client);
        out.write(bytes);
    }

    private String rest() throws IOException {
        InputStream in = Channels.newInputStream(client);
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private void connect() throws IOException {
        write("CONNECT registry.example:443 HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        String said = new String(
                Channels.newInputStream(client).readNBytes("HTTP/1.1 200 Connected\r\n\r\n".length()),
                StandardCharsets.US_ASCII);
        assertThat(said).startsWith("HTTP/1.1 200");
    }

    @Test
    void givesAPageWithoutCredentials() throws Exception {
        String answer = answer("GET http://REGISTRY.example./a%20b?c=d HTTP/1.1\r\nHost: elsewhere.example\r\n"
                + "Authorization: Basic c2VjcmV0\r\nProxy-Authorization: x\r\nCookie: secret\r\nAccept: */*\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("the upstream\n");
        assertThat(outside.next()).isEqualTo("connected with 198.51.100.7 80");
        assertThat(outside.next())
                .isEqualTo(
                        "GET /a%20b?c=d HTTP/1.1\r\nHost: registry.example\r\nConnection: close\r\nAccept: */*\r\n\r\n");
    }

    @Test
    void connectsOnceTheGreetingIsForThatHost() throws Exception {
        connect();
        byte[] hello = hello("registry.example");
        write(hello);

        assertThat(outside.next()).isEqualTo("connected with 198.51.100.7 443");
        assertThat(outside.next()).isEqualTo(new String(hello, StandardCharsets.ISO_8859_1));
        assertThat(rest()).contains("the upstream");
    }

    @Test
    void passesNothingOnThatIsMeantForAnotherHost() throws Exception {
        connect();
        write(hello("elsewhere.example"));

        assertThat(rest()).isEmpty();
        assertThat(outside.next()).startsWith("connected");
        assertThat(outside.next()).isEmpty();
    }

    @Test
    void passesNothingOnThatIsNotEncrypted() throws Exception {
        connect();
        write("GET / HTTP/1.1\r\nHost: registry.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(rest()).isEmpty();
        assertThat(outside.next()).startsWith("connected");
        assertThat(outside.next()).isEmpty();
    }

    @Test
    void readsNoNameFromAGreetingThatIsCutOffOrHidesAnother() throws Exception {
        byte[] record = hello("registry.example");
        byte[] whole = Arrays.copyOfRange(record, ClientHello.RECORD_HEADER_BYTES, record.length);
        assertThat(ClientHello.names(whole, "registry.example")).isTrue();

        for (int length = 0; length < whole.length; length++) {
            assertThat(ClientHello.names(Arrays.copyOf(whole, length), "registry.example"))
                    .isFalse();
        }
        assertThat(ClientHello.names(withExtension(whole, 0xfe0d), "registry.example"))
                .isFalse();
        assertThat(ClientHello.names(withExtension(whole, 0x7777), "registry.example"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT elsewhere.example:443",
                "GET http://elsewhere.example/",
                "GET http://elsewhere.example#registry.example/",
                "GET http://registry.example.elsewhere.example/",
                "CONNECT 198.51.100.7:443",
                "CONNECT 127.0.0.1:443",
                "GET http://127.0.0.1/",
                "GET http://[::1]/",
                "GET http://2130706433/",
                "CONNECT registry.example:22",
                "CONNECT registry.example:80",
                "GET http://registry.example:443/",
                "POST http://registry.example/",
                "CONNECT loopback.example:443",
                "GET http://loopback.example/",
                "CONNECT mixed.example:443",
                "CONNECT private.example:443",
                "CONNECT mapped.example:443"
            })
    void refuses(String what) throws Exception {
        assertThat(answer(what + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 40");
        assertThat(outside.untouched()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: registry.example",
                "GET http://user@registry.example/ HTTP/1.1",
                "CONNECT user@registry.example:443 HTTP/1.1",
                "GET https://registry.example/ HTTP/1.1",
                "GET http://registry.example/ HTTP/1.1\r\nA: b\nHost: elsewhere.example",
                "GET http://registry.example/\tx HTTP/1.1",
                "SSH-2.0-OpenSSH_9.2"
            })
    void doesNotTakeForARequest(String what) throws Exception {
        assertThat(answer(what + "\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(outside.untouched()).isTrue();
    }

    @Test
    void tellsTheProgramWhatItMissesAndTheUserWhatToSet() throws Exception {
        assertThat(answer("CONNECT elsewhere.example:443 HTTP/1.1\r\n\r\n").lines())
                .first()
                .asString()
                .contains("403 elsewhere.example is not among", "sandbox.registries");
    }

    @ParameterizedTest
    @CsvSource({
        "nexus.example, true",
        "Nexus.Example., true",
        "localhost, false",
        "10.0.0.1, false",
        "a.example:8080, false",
        "*.example, false",
        "'', false",
        "https://a.example, false"
    })
    void takesNamesOnlyForMore(String host, boolean taken) {
        assertThat(Registries.isName(host)).isEqualTo(taken);
    }

    @Test
    void letsGoWhoeverIsConnectedWhenItCloses() throws Exception {
        connect();
        proxy.close();

        assertThat(rest()).isEmpty();
    }

    private static byte[] hello(String host) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        engine.setSSLParameters(parameters);
        ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), bytes);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** The same greeting with one more extension, of two bytes, at its end. */
    private static byte[] withExtension(byte[] hello, int type) {
        ByteBuffer longer = ByteBuffer.allocate(hello.length + 6).put(hello).putShort((short) type);
        longer.putShort((short) 2).putShort((short) 0);
        longer.putInt(0, 1 << 24 | hello.length + 2);
        int extensions = 4 + 34;
        extensions += 1 + hello[extensions];
        extensions += 2 + longer.getShort(extensions);
        extensions += 1 + hello[extensions];
        longer.putShort(extensions, (short) (longer.getShort(extensions) + 6));
        return longer.array();
    }
}
