package dev.bantam.evals;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A model server on the loopback address that says what a test gives it, in OpenAI's, Anthropic's or Ollama's format, and keeps
 * what it was sent.
 */
final class ModelServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes up a reply. */
    @FunctionalInterface
    interface Mind {
        /** @param number of the request, from 1 */
        Said answer(int number, JsonNode request) throws IOException, InterruptedException;
    }

    /** @param headers as {@code name: value} lines */
    record Got(String path, String headers, String body) {
        boolean isChat() {
            return !body.isEmpty() && !path.equals("/api/show");
        }
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Got> got = new ArrayList<>();
    private final Mind mind;
    private final int window;
    private int chats;
    private int reported;

    ModelServer(int window, Mind mind) throws IOException {
        this.window = window;
        this.mind = mind;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /** Gives these replies in turn, and refuses to say more. */
    static ModelServer saying(Said... replies) throws IOException {
        return new ModelServer(32_768, (number, request) -> {
            if (number > replies.length) {
                throw new IOException("the test wrote down no reply " + number);
            }
            return replies[number - 1];
        });
    }

    /** Whatever is sent, it tells this count of prompt tokens. */
    ModelServer reporting(int promptTokens) {
        reported = promptTokens;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    synchronized List<Got> got() {
        return List.copyOf(got);
    }

    /** The bodies of the requests for replies. */
    List<String> chats() {
        return got().stream().filter(Got::isChat).map(Got::body).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        int number = 0;
        synchronized (this) {
            got.add(new Got(path, exchange.getRequestHeaders().entrySet().toString(), body));
            if (got.getLast().isChat()) {
                number = ++chats;
            }
        }
        switch (path) {
            case "/v1/models" ->
                answer(exchange, 200, "{\"data\":[{\"id\":\"fake-1\",\"max_input_tokens\":" + window + "}]}");
            case "/props" ->
                answer(exchange, 200, "{\"default_generation_settings\":{\"n_ctx\":" + window + "},\"total_slots\":1}");
            case "/api/tags" -> answer(exchange, 200, "{\"models\":[{\"name\":\"fake-1\"}]}");
            case "/api/show" -> answer(exchange, 200, "{\"capabilities\":[\"tools\"]}");
            case "/api/ps" ->
                answer(exchange, 200, "{\"models\":[{\"name\":\"fake-1\",\"context_length\":" + window + "}]}");
            case "/api/chat" -> reply(exchange, number, body, Wording.OLLAMA);
            case "/v1/chat/completions" -> reply(exchange, number, body, Wording.OPENAI);
            case "/v1/messages" -> reply(exchange, number, body, Wording.ANTHROPIC);
            default -> answer(exchange, 404, "{\"error\":{\"message\":\"no such place\"}}");
        }
    }

    private void reply(HttpExchange exchange, int number, String body, Wording wording) throws IOException {
        String stream;
        try {
            stream = wording.stream(
                    mind.answer(number, JSON.readTree(body)), reported > 0 ? reported : body.length() / 3);
        } catch (IOException e) {
            answer(exchange, 400, Said.json(java.util.Map.of("error", e.getMessage())));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", wording.contentType());
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(stream.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
