package dev.bantam.evals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A server that speaks the OpenAI stream format on the loopback address: it records every request, and answers with a
 * call of {@code read} until it is told to end.
 */
final class RecordingServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private final int calls;
    private volatile long firstRequestNanos;

    /** @param calls how many replies call a tool before one ends the run */
    RecordingServer(int calls) throws IOException {
        this.calls = calls;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/models", exchange -> answer(exchange, "{\"data\":[{\"id\":\"measured\"}]}"));
        server.createContext("/v1/chat/completions", this::chat);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The bodies, oldest first. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** When the first request had arrived, by {@link System#nanoTime()}. */
    long firstRequestNanos() {
        return firstRequestNanos;
    }

    private void chat(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number;
        synchronized (this) {
            if (requests.isEmpty()) {
                firstRequestNanos = System.nanoTime();
            }
            requests.add(body);
            number = requests.size();
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            Map<String, Object> delta = number > calls
                    ? Map.of("content", "done")
                    : Map.of(
                            "tool_calls",
                            List.of(Map.of(
                                    "index",
                                    0,
                                    "id",
                                    "c" + number,
                                    "type",
                                    "function",
                                    "function",
                                    Map.of(
                                            "name",
                                            "read",
                                            "arguments",
                                            "{\"path\":\"a.txt\",\"limit\":" + number + "}"))));
            send(out, Map.of("choices", List.of(Map.of("index", 0, "delta", delta))));
            send(
                    out,
                    Map.of(
                            "choices",
                            List.of(Map.of(
                                    "index",
                                    0,
                                    "delta",
                                    Map.of(),
                                    "finish_reason",
                                    number > calls ? "stop" : "tool_calls")),
                            "usage",
                            Map.of("prompt_tokens", body.length() / 3, "completion_tokens", 9, "total_tokens", 0)));
            out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(OutputStream out, Map<String, Object> chunk) throws IOException {
        out.write(("data: " + JSON.writeValueAsString(chunk) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
