package dev.bantam.model.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bantam.model.server.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hub on this machine with one repository, and a second server where the bytes lie. */
final class FakeHub implements AutoCloseable {
    static final String TOKEN = "hf_secret";
    private static final String ID = "owner/repo";

    private final HttpServer api = server(this::answerApi);
    private final HttpServer store = server(this::answerStore);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private boolean ranges = true;
    private boolean stalls;
    private int listStatus = 200;
    private String errorCode = "";

    FakeHub() throws IOException {}

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private HttpServer server(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(command -> threads.execute(command));
        server.createContext("/", answer::to);
        server.start();
        return server;
    }

    FakeHub has(String path, byte[] content) {
        files.put(path, content);
        hashes.put(path, sha256(content));
        return this;
    }

    FakeHub says(String path, String hash) {
        hashes.put(path, hash);
        return this;
    }

    /** Ends the next response with content after so many bytes. */
    FakeHub cutsAfter(int bytes) {
        cuts.add(bytes);
        return this;
    }

    /** Answers the next request for content with this status. */
    FakeHub answers(int status) {
        statuses.add(status);
        return this;
    }

    FakeHub knowsNoRanges() {
        ranges = false;
        return this;
    }

    /** Leaves a cut connection open instead of ending it. */
    FakeHub stalls() {
        stalls = true;
        return this;
    }

    FakeHub refuses(int status, String code) {
        listStatus = status;
        errorCode = code;
        return this;
    }

    /** Requests as {@code api GET /path [token] [range]}. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    List<String> contentAsked() {
        return asked.stream().filter(line -> line.startsWith("store")).toList();
    }

    String url() {
        return "http://127.0.0.1:" + api.getAddress().getPort();
    }

    HubSettings settings() {
        return new HubSettings(URI.create(url()), Optional.of(TOKEN), Duration.ofSeconds(30), Duration.ofMillis(1), 3);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void note(String server, HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(server + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + (key == null ? "" : " " + key) + (range == null ? "" : " " + range));
    }

    private void answerApi(HttpExchange exchange) throws IOException {
        note("api", exchange);
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/api/models/" + ID + "/tree/main")) {
            list(exchange);
        } else if (path.startsWith("/" + ID + "/resolve/main/")) {
            String file = path.substring(("/" + ID + "/resolve/main/").length());
            exchange.getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + store.getAddress().getPort() + "/bytes/" + file + "?sig=1");
            end(exchange, 302, "");
        } else {
            end(exchange, 404, "{}");
        }
    }

    /** Two entries a page, as the hub has a thousand. */
    private void list(HttpExchange exchange) throws IOException {
        if (listStatus != 200) {
            exchange.getResponseHeaders().set("X-Error-Code", errorCode);
            end(exchange, listStatus, "{\"error\":\"no\"}");
            return;
        }
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        int from = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=(\\d+).*", "$1")) : 0;
        List<Object> entries = new ArrayList<>();
        entries.add(Map.of("type", "directory", "path", "folder", "oid", "0", "size", 0));
        List<String> paths = List.copyOf(files.keySet());
        for (String path : paths.subList(from, Math.min(paths.size(), from + 2))) {
            int size = files.get(path).length;
            entries.add(Map.of(
                    "type",
                    "file",
                    "path",
                    path,
                    "oid",
                    "1234",
                    "size",
                    size,
                    "lfs",
                    Map.of("oid", hashes.get(path), "size", size, "pointerSize", 134)));
        }
        if (from + 2 < paths.size()) {
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "<" + url() + "/api/models/" + ID + "/tree/main?recursive=true&cursor=" + (from + 2)
                                    + ">; rel=\"next\"");
        }
        end(exchange, 200, Json.write(entries));
    }

    private void answerStore(HttpExchange exchange) throws IOException {
        note("store", exchange);
        Integer status = statuses.poll();
        if (status != null) {
            end(exchange, status, "no");
            return;
        }
        byte[] content = files.get(exchange.getRequestURI().getPath().substring("/bytes/".length()));
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = ranges && range != null ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        Integer cut = cuts.poll();
        int to = cut == null ? content.length : Math.min(content.length, from + cut);
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        exchange.getResponseBody().write(Arrays.copyOfRange(content, from, to));
        exchange.getResponseBody().flush();
        if (to < content.length && stalls) {
            return; // neither more nor an end
        }
        if (to < content.length) {
            throw new IOException("the test breaks the connection");
        }
        exchange.close();
    }

    private static void end(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        api.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
