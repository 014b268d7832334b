package dev.bantam.model.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks, on a second connection, whether a silent server still lives. */
final class Liveness {
    enum Sign {
        /** It accepts connections. */
        ALIVE,
        /** Nothing listens any more. */
        DEAD,
        /** No answer in time: it may be too busy to accept, or its machine may be gone. */
        NONE
    }

    private Liveness() {}

    /**
     * Opens a connection to the server's port and closes it again. More than that is not needed and could mislead: a
     * server that computes on one thread answers no health request, yet its system accepts the connection; when the
     * process ends, the connection is refused at once.
     */
    static Sign of(Server server) {
        String host = server.uri().getHost().replaceAll("[\\[\\]]", "");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, server.port()), (int)
                    server.timing().probe().toMillis());
            return Sign.ALIVE;
        } catch (ConnectException e) {
            return Sign.DEAD;
        } catch (IOException e) {
            return Sign.NONE;
        }
    }
}
