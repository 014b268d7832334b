package dev.bantam.sandbox.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A network of some names, behind which one server of this machine answers whoever is connected with any of them. */
public final class PretendedOutside implements Outside, AutoCloseable {
    public static final String PUBLIC = "registry.example";
    public static final String LOOPBACK = "loopback.example";
    public static final String MIXED = "mixed.example";
    public static final String PRIVATE = "private.example";
    public static final String MAPPED = "mapped.example";

    private static final Map<String, List<String>> NAMES = Map.of(
            PUBLIC,
            List.of("198.51.100.7"),
            "elsewhere.example",
            List.of("198.51.100.8"),
            LOOPBACK,
            List.of("127.0.0.1"),
            MIXED,
            List.of("198.51.100.7", "::1"),
            PRIVATE,
            List.of("10.1.2.3"),
            MAPPED,
            List.of("64:ff9b::7f00:1"));

    private final ServerSocketChannel server;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    public PretendedOutside() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    /** All names but {@code elsewhere.example} are allowed. */
    public Registries registries() {
        return new Registries(Set.of(PUBLIC, LOOPBACK, MIXED, PRIVATE, MAPPED, "unknown.example"), this);
    }

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        if (!NAMES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return NAMES.get(host).stream().map(InetAddress::ofLiteral).toList();
    }

    @Override
    public SocketChannel connect(InetSocketAddress address) throws IOException {
        received.add("connected with " + address.getAddress().getHostAddress() + " " + address.getPort());
        return SocketChannel.open(server.getLocalAddress());
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            InputStream in = Channels.newInputStream(client);
            byte[] bytes = new byte[16_384];
            int count = in.read(bytes);
            received.add(count < 0 ? "" : new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            OutputStream out = Channels.newOutputStream(client);
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nthe upstream\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // it went away
        }
    }

    /** What happened next; null when nothing does for a while. */
    public String next() throws InterruptedException {
        return received.poll(2, TimeUnit.SECONDS);
    }

    public boolean untouched() {
        return received.isEmpty();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
