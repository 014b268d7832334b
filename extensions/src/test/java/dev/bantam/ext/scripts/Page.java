package dev.bantam.ext.scripts;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A web server on this machine, with one page. */
final class Page implements AutoCloseable {
    private static final byte[] HTML = "<p>The rate of 2019 is 0.0731.</p>".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    Page(String path) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean there = exchange.getRequestURI().getPath().equals(path);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(there ? 200 : 404, there ? HTML.length : -1);
            if (there) {
                exchange.getResponseBody().write(HTML);
            }
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String site() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
