package dev.bantam.engine.jlama;

/** Leaves jlama's forward pass from within. It has no stack trace and never leaves this package. */
final class Cancellation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Cancellation(String message) {
        super(message, null, false, false);
    }
}
