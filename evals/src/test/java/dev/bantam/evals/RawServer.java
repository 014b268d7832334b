package dev.bantam.evals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A llama.cpp that takes a prompt and never answers: one can let it die in the ways that processes and machines die. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> reading = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);

    RawServer() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Returns once a prompt has arrived. */
    void awaitPrompt() throws InterruptedException {
        asked.await();
    }

    /** Nothing listens any more, but the connection stays open and silent. */
    void stopListening() throws IOException {
        listening.close();
    }

    /** As a process ends: the connections are closed with it. */
    void die() throws IOException {
        listening.close();
        for (Socket socket : reading) {
            socket.close();
        }
    }

    private void serve(Socket socket) {
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("POST")) {
                    reading.add(socket);
                    asked.countDown();
                    return;
                }
                if (line.isEmpty()) {
                    OutputStream out = socket.getOutputStream();
                    String models = "{\"data\":[{\"id\":\"fake-1\"}]}";
                    out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + models.length()
                                    + "\r\n\r\n" + models)
                            .getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        } catch (IOException gone) {
            // the client left
        }
    }

    @Override
    public void close() throws IOException {
        die();
    }
}
