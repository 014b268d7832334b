package dev.bantam.sandbox.registry;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A proxy behind a socket file, for the programs in one sandbox. It finds a host's addresses itself, connects only with
 * those that are everybody's, sends nothing of this program's own, and passes TLS through unread.
 */
public final class RegistryProxy implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 128;

    private final ServerSocketChannel server;
    private final Registries registries;
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private RegistryProxy(ServerSocketChannel server, Registries registries) {
        this.server = server;
        this.registries = registries;
    }

    /** Listens in this folder, and puts the relay there. Whoever gets into the folder may use it. */
    public static RegistryProxy listen(Path folder, Registries registries) throws IOException {
        Relay.put(folder);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bind(server, folder);
            Files.setPosixFilePermissions(
                    folder.resolve(Relay.SOCKET), PosixFilePermissions.fromString("rw-rw-rw-")); // uids differ inside
        } catch (IOException e) {
            server.close();
            throw e;
        }
        RegistryProxy proxy = new RegistryProxy(server, registries);
        Thread.ofVirtual().name("bantam-registries").start(proxy::accept);
        return proxy;
    }

    /** Systems take about a hundred characters for the path of a socket, so it is made through a short link. */
    private static void bind(ServerSocketChannel server, Path folder) throws IOException {
        Path temporary = Files.createTempDirectory("bantam");
        Path link = temporary.resolve("f");
        try {
            Files.createSymbolicLink(link, folder);
            server.bind(UnixDomainSocketAddress.of(link.resolve(Relay.SOCKET)));
        } finally {
            Files.deleteIfExists(link);
            Files.delete(temporary);
        }
    }

    private void accept() {
        try {
            while (true) {
                places.acquire();
                SocketChannel inside = server.accept();
                Connection connection = new Connection(inside, registries);
                connections.add(connection);
                Thread.ofVirtual().start(() -> {
                    connection.run();
                    connections.remove(connection);
                    places.release();
                });
            }
        } catch (IOException | InterruptedException e) {
            close(); // it was closed, which is how this ends
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // the file goes with its folder
        }
        connections.forEach(Connection::close);
    }
}
