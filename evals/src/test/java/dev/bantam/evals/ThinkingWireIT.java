package dev.bantam.evals;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's model that would think for ever: its stream is cut, and the next request alone asks for no thinking. */
class ThinkingWireIT {
    private static final int ENOUGH = 100_000; // pieces

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger clientsThatLeft = new AtomicInteger();

    @Test
    void anEndlessThoughtIsCutAndActedOn(@TempDir Path folder) throws Exception {
        Packaged bantam = new Packaged(folder);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
        try {
            Run run = bantam.run(
                    "-p",
                    "What is here?",
                    "--json",
                    "-m",
                    "llamacpp/",
                    "--base-url",
                    "http://127.0.0.1:" + http.getAddress().getPort(),
                    "--set",
                    "thinking-budget.tokens=500");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.finished().path("answer").asText()).isEqualTo("Nothing.");
            assertThat(clientsThatLeft).hasValue(2);
            assertThat(bodies.stream().map(body -> body.contains("\"enable_thinking\":false")))
                    .containsExactly(false, true, false, true);
            assertThat(bodies.get(1)).contains("this is what you thought").contains("perhaps 1 perhaps 2");
            assertThat(Prefix.begunAnew(bodies)).isZero();
        } finally {
            http.stop(0);
            threads.shutdownNow();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (exchange.getRequestURI().getPath()) {
            case "/v1/models" -> answer(exchange, "{\"data\":[{\"id\":\"fake-1\"}]}");
            case "/props" -> answer(exchange, "{\"default_generation_settings\":{\"n_ctx\":32768},\"total_slots\":1}");
            case "/v1/chat/completions" -> {
                bodies.add(body);
                reply(exchange, bodies.size());
            }
            default -> answer(exchange, "{}");
        }
    }

    private void reply(HttpExchange exchange, int number) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        switch (number) {
            case 2 ->
                send(
                        out,
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"ls\","
                                + "\"arguments\":\"{}\"}}]}",
                        "\"tool_calls\"");
            case 4 -> send(out, "{\"content\":\"Nothing.\"}", "\"stop\"");
            default -> thinkForEver(out);
        }
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private void thinkForEver(OutputStream out) throws IOException {
        try {
            for (int i = 1; i < ENOUGH; i++) {
                send(out, Said.json(Map.of("reasoning_content", "perhaps " + i + " ")), "null");
            }
        } catch (IOException e) {
            clientsThatLeft.incrementAndGet();
            throw e;
        }
    }

    private static void send(OutputStream out, String delta, String finish) throws IOException {
        String chunk =
                "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
        out.write(chunk.getBytes(StandardCharsets.UTF_8));
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
}
