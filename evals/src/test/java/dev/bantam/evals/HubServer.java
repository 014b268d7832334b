package dev.bantam.evals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A hub on this machine with one model, that can stop in the middle of it. */
final class HubServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String repository;
    private final String file;
    private final byte[] content;
    private final AtomicInteger stop = new AtomicInteger(Integer.MAX_VALUE);
    private final List<String> ranges = new CopyOnWriteArrayList<>();

    HubServer(String repository, String file, byte[] content) throws IOException {
        this.repository = repository;
        this.file = file;
        this.content = content;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The next response sends so many bytes, and then nothing more, without an end. */
    void stopAfter(int bytes) {
        stop.set(bytes);
    }

    List<String> ranges() {
        return List.copyOf(ranges);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/api/models/" + repository + "/tree/main")) {
            byte[] list = """
                    [{"type":"file","path":"%s","oid":"0","size":%d,\
                    "lfs":{"oid":"%s","size":%d,"pointerSize":130}}]""".formatted(file, content.length, sha256(content), content.length)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        } else if (path.equals("/" + repository + "/resolve/main/" + file)) {
            send(exchange);
        } else {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        }
    }

    private void send(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        if (range != null) {
            ranges.add(range);
            from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        int count = Math.min(stop.getAndSet(Integer.MAX_VALUE), content.length - from);
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(content, from, count);
        exchange.getResponseBody().flush();
        if (from + count == content.length) {
            exchange.close();
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
