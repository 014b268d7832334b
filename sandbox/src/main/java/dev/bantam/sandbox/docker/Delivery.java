package dev.bantam.sandbox.docker;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Hands output to a listener until nobody listens any more. What a listener throws waits for the one who called. */
final class Delivery implements Consumer<ByteBuffer> {
    private Consumer<ByteBuffer> listener; // guarded by this; null when detached
    private RuntimeException fault; // guarded by this

    Delivery(Consumer<ByteBuffer> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void accept(ByteBuffer bytes) {
        if (listener == null) {
            return;
        }
        try {
            listener.accept(bytes);
        } catch (RuntimeException e) {
            fault = e;
            listener = null;
        }
    }

    /** From now on output is thrown away. */
    synchronized void detach() {
        listener = null;
    }

    synchronized void rethrow() {
        if (fault != null) {
            throw fault;
        }
    }
}
