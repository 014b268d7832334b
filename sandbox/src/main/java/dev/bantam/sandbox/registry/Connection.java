package dev.bantam.sandbox.registry;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One program's connection to the proxy: its request, and what is then passed on. */
final class Connection implements Runnable, AutoCloseable {
    private static final int MAX_HEAD_BYTES = 32_768;
    private static final byte[] CONNECTED = "HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel inside;
    private final Registries registries;
    private SocketChannel outside; // guarded by this; null until connected
    private boolean closed; // guarded by this

    Connection(SocketChannel inside, Registries registries) {
        this.inside = inside;
        this.registries = registries;
    }

    @Override
    public void run() {
        try (this) {
            serve();
        } catch (IOException e) {
            // one of the two is gone, and the other is told by the end of its connection
        }
    }

    private void serve() throws IOException {
        InputStream asked = new BufferedInputStream(Channels.newInputStream(inside));
        OutputStream answers = Channels.newOutputStream(inside);
        try {
            Request request = Request.parse(head(asked));
            SocketChannel found = connect(request);
            if (request.connect()) {
                answers.write(CONNECTED);
                passOn(asked, found, request.host());
            } else {
                Channels.newOutputStream(found).write(request.forwarded());
            }
            Channels.newInputStream(found).transferTo(answers);
            inside.shutdownOutput();
        } catch (Refusal e) {
            answers.write(e.answer());
        }
    }

    private static List<String> head(InputStream from) throws IOException, Refusal {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int ends = 0; ends < 4; ) {
            int next = from.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
            if (head.size() > MAX_HEAD_BYTES) {
                throw Refusal.malformed("the request is too long");
            }
        }
        return List.of(head.toString(StandardCharsets.ISO_8859_1).strip().split("\r\n"));
    }

    private SocketChannel connect(Request request) throws IOException, Refusal {
        String host = request.host();
        if (!registries.allow(host)) {
            throw Refusal.forbidden(host + " is not among the registries that commands may reach;"
                    + " the user can add it to the setting sandbox.registries");
        }
        List<InetAddress> addresses;
        try {
            addresses = registries.outside().addresses(host);
        } catch (UnknownHostException e) {
            throw Refusal.unreachable(host + " is not known, or there is no network");
        }
        if (!addresses.stream().allMatch(Addresses::isPublic)) {
            throw Refusal.forbidden(host + " is at an address of this machine or of its own network");
        }
        for (InetAddress address : addresses) {
            try {
                return keep(registries.outside().connect(new InetSocketAddress(address, request.port())));
            } catch (IOException e) {
                // the next address may do
            }
        }
        throw Refusal.unreachable(host + " does not answer");
    }

    /** Lets the program talk to the host, once its first words are a greeting for that host. */
    private void passOn(InputStream asked, SocketChannel found, String host) throws IOException {
        byte[] header = asked.readNBytes(ClientHello.RECORD_HEADER_BYTES);
        byte[] greeting = header.length < ClientHello.RECORD_HEADER_BYTES
                ? new byte[0]
                : asked.readNBytes(ClientHello.recordBytes(header));
        if (!ClientHello.names(greeting, host)) {
            throw new EOFException(); // its own end is the only answer that the program can read by now
        }
        OutputStream words = Channels.newOutputStream(found);
        words.write(ByteBuffer.allocate(header.length + greeting.length)
                .put(header)
                .put(greeting)
                .array());
        Thread.ofVirtual().start(() -> {
            try {
                asked.transferTo(words);
                found.shutdownOutput();
            } catch (IOException e) {
                close();
            }
        });
    }

    private synchronized SocketChannel keep(SocketChannel connected) throws IOException {
        if (closed) {
            connected.close();
            throw new EOFException();
        }
        outside = connected;
        return connected;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (inside;
                SocketChannel other = outside) {
            outside = other;
        } catch (IOException e) {
            // then the system closes it with this program
        }
    }
}
