package dev.bantam.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that says what the test wrote down, and remembers what it was sent. */
public final class FakeServer implements AutoCloseable {
    /** What it does with one request for a reply. */
    @FunctionalInterface
    public interface Scene {
        void play(HttpExchange exchange) throws IOException;
    }

    /** One request. */
    public record Got(String method, String path, Map<String, List<String>> headers, String body) {}

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> fixed = new ConcurrentHashMap<>();
    private final Queue<Scene> scenes = new ConcurrentLinkedQueue<>();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger replies = new AtomicInteger();
    private final CountDownLatch clientLeft = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    public FakeServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Answers a request, such as {@code GET /v1/models}, always with this JSON. */
    public FakeServer always(String methodAndPath, String json) {
        fixed.put(methodAndPath, json);
        return this;
    }

    /** Answers the next request for a reply so. */
    public FakeServer then(Scene scene) {
        scenes.add(scene);
        return this;
    }

    /** Streams a text; its placeholders are filled in. */
    public FakeServer thenStream(String text) {
        return then(exchange -> {
            open(exchange, text);
            exchange.getResponseBody().write(fill(text).getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
    }

    public FakeServer thenStatus(int status, String json, String... headers) {
        return then(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            answer(exchange, status, json);
        });
    }

    /** Streams this much, and breaks the connection without ending the response. */
    public FakeServer thenBreak(String text) {
        return then(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType(text));
            exchange.sendResponseHeaders(200, text.getBytes(StandardCharsets.UTF_8).length + 1_000);
            exchange.getResponseBody().write(fill(text).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("the test breaks the connection");
        });
    }

    /** Streams this much and then nothing, until the client leaves. */
    public FakeServer thenStall(String text) {
        return then(exchange -> {
            open(exchange, text);
            exchange.getResponseBody().write(fill(text).getBytes(StandardCharsets.UTF_8));
            try {
                while (closing.getCount() > 0) {
                    exchange.getResponseBody().write('\n');
                    exchange.getResponseBody().flush();
                    Thread.sleep(50);
                }
            } catch (IOException e) {
                clientLeft.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public CountDownLatch clientLeft() {
        return clientLeft;
    }

    /** Everything that it was sent. */
    public List<Got> got() {
        return List.copyOf(got);
    }

    /** The bodies of the requests for replies. */
    public List<String> chats() {
        return got.stream()
                .filter(request ->
                        request.method().equals("POST") && !request.path().equals("/api/show"))
                .map(Got::body)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        got.add(new Got(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
        String json = fixed.get(exchange.getRequestMethod() + " " + path);
        boolean asksForAReply = exchange.getRequestMethod().equals("POST") && !path.equals("/api/show");
        Scene scene = json == null && asksForAReply ? scenes.poll() : null;
        if (json != null) {
            answer(exchange, 200, json);
        } else if (scene != null) {
            scene.play(exchange);
        } else {
            answer(exchange, 404, "{\"error\":{\"message\":\"File Not Found\",\"code\":404}}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void open(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType(text));
        exchange.sendResponseHeaders(200, 0);
    }

    private static String contentType(String text) {
        return text.startsWith("{") ? "application/x-ndjson" : "text/event-stream";
    }

    /** Counts grow with every reply and ids differ, as with a real conversation. */
    private String fill(String text) {
        int n = replies.getAndIncrement();
        return text.replace("@PROMPT@", "" + (200 + 100 * n))
                .replace("@CACHED@", "" + (50 + 100 * n))
                .replace("@CALL@", "call_" + (char) ('a' + n) + "7");
    }

    /** A fixture: {@code llamacpp-b6900/hello.sse}. */
    public static String fixture(String name) {
        try (InputStream in = FakeServer.class.getResourceAsStream("/wire/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no fixture " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
