package dev.bantam.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;

/** Standard input of a program in a container: what is typed, and its end once it is closed. */
final class Keyboard extends InputStream {
    private final Queue<byte[]> typed = new ArrayDeque<>(); // guarded by this
    private byte[] current = new byte[0];
    private int position;
    private boolean closed;

    synchronized void type(byte[] bytes) throws IOException {
        if (closed) {
            throw new IOException("The terminal is closed.");
        }
        typed.add(bytes.clone());
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
        while (position == current.length) {
            if (!typed.isEmpty()) {
                current = typed.remove();
                position = 0;
            } else if (closed) {
                return -1;
            } else {
                await();
            }
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, buffer, offset, count);
        position += count;
        return count;
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
