package dev.bantam.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ModelException;
import dev.bantam.api.ReplyListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slow server is waited for; a dead one is noticed. The usual intervals are shortened forty-fold. */
@Timeout(120)
class LivenessTest {
    /** Accepts connections with bare sockets, so that the test decides when the port and each connection close. */
    private static final class BareServer implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicReference<Socket> chat = new AtomicReference<>();
        private final CountDownLatch asked = new CountDownLatch(1);

        BareServer() throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!listening.isClosed()) {
                    try {
                        Socket socket = listening.accept();
                        Thread.ofVirtual().start(() -> serve(socket));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
        }

        private void serve(Socket socket) {
            try {
                String head = head(socket.getInputStream());
                if (head.startsWith("POST")) {
                    chat.set(socket);
                    asked.countDown();
                } else {
                    socket.getOutputStream()
                            .write("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                }
            } catch (IOException e) {
                // a probe that closed at once
            }
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                head.append((char) next);
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            listening.close();
            if (chat.get() != null) {
                chat.get().close();
            }
        }
    }

    private static ModelException failure(BareServer server, String ref) {
        return catchThrowableOfType(ModelException.class, () -> {
            try (ChatModel model = RemoteModels.open(
                    ModelRef.parse(ref),
                    ModelOptions.usual()
                            .withBaseUrl("http://127.0.0.1:" + server.listening.getLocalPort())
                            .withTiming(ServerContract.QUICK))) {
                model.reply(Asking.hello(), ReplyListener.NONE);
            }
        });
    }

    @Test
    void aServerThatIsSilentForManyProbesAndThenAnswersIsWaitedFor() throws Exception {
        try (FakeServer server = new FakeServer()) {
            server.then(exchange -> {
                sleep(Duration.ofSeconds(4)); // forty intervals: twenty minutes would be three hundred
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                sleep(Duration.ofSeconds(2));
                exchange.getResponseBody().write(Asking.saysOk(40).getBytes(StandardCharsets.UTF_8));
                exchange.close();
            });
            assertThat(Asking.ask("llamacpp/m", server).message().text()).isEqualTo("OK");
        }
    }

    @Test
    void aServerWhosePortIsGoneIsNoticedAlthoughTheConnectionStaysOpen() throws Exception {
        try (BareServer server = new BareServer()) {
            Thread.ofVirtual().start(() -> {
                try {
                    server.asked.await();
                    server.listening.close();
                } catch (InterruptedException | IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            ModelException failure = failure(server, "llamacpp/m");
            assertThat(failure.kind()).isEqualTo(ModelException.Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("llama-server");
        }
    }

    @Test
    void aServerThatDiesClosesItsConnectionAndThatIsNoticedAtOnce() throws Exception {
        try (BareServer server = new BareServer()) {
            Thread.ofVirtual().start(() -> {
                try {
                    server.asked.await();
                    server.listening.close();
                    server.chat.get().close();
                } catch (InterruptedException | IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(failure(server, "ollama/m").kind())
                    .isIn(ModelException.Kind.UNREACHABLE, ModelException.Kind.BROKEN_STREAM);
        }
    }

    @Test
    void aServerThatLoadsItsModelIsAskedAgain() throws Exception {
        String loading = "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}";
        try (FakeServer server = new FakeServer()) {
            server.thenStatus(503, loading).thenStatus(503, loading).thenStream(Asking.saysOk(40));
            assertThat(Asking.ask("llamacpp/m", server).message().text()).isEqualTo("OK");
            assertThat(server.chats()).hasSize(3);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
