package dev.bantam.sandbox.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** The real one, as this program reaches it. */
final class Internet implements Outside {
    private static final Duration CONNECTING = Duration.ofSeconds(20);

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    @Override
    public SocketChannel connect(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, (int) CONNECTING.toMillis());
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
