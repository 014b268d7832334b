package dev.bantam.ext.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A web server on this machine, which serves what a test puts there. */
final class Site implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Served> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();

    private record Served(int status, byte[] body, String... headers) {}

    Site() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    Site page(String path, String html) {
        return serve(path, 200, html.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/html; charset=utf-8");
    }

    /** @param headers names and values in turn */
    Site serve(String path, int status, byte[] body, String... headers) {
        pages.put(path, new Served(status, body, headers));
        return this;
    }

    Site redirect(String path, String location) {
        return serve(path, 302, new byte[0], "Location", location);
    }

    /** Takes a request and never answers. */
    Site hang(String path) {
        return serve(path, 0, new byte[0]);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        headers.add(exchange.getRequestHeaders());
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Served served = pages.getOrDefault(
                exchange.getRequestURI().toString(),
                pages.getOrDefault(exchange.getRequestURI().getPath(), new Served(404, new byte[0])));
        if (served.status() == 0) {
            return;
        }
        for (int i = 0; i < served.headers().length; i += 2) {
            exchange.getResponseHeaders().add(served.headers()[i], served.headers()[i + 1]);
        }
        exchange.sendResponseHeaders(served.status(), served.body().length == 0 ? -1 : served.body().length);
        exchange.getResponseBody().write(served.body());
        exchange.close();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url(String path) {
        return "http://" + host() + path;
    }

    /** Paths that were asked for, those of robots.txt left out. */
    List<String> asked() {
        return asked.stream().filter(path -> !path.equals("/robots.txt")).toList();
    }

    List<String> bodies() {
        return bodies;
    }

    String header(int request, String name) {
        return Optional.ofNullable(headers.get(request).getFirst(name)).orElse("");
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(plain);
        }
        return packed.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
