package dev.bantam.sandbox.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;

/** The network outside a sandbox. */
public interface Outside {
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** A blocking channel. */
    SocketChannel connect(InetSocketAddress address) throws IOException;
}
