package dev.bantam.ext.toolcallrepair;

/** What was written cannot be read as one thing only. The message is written for the model. */
final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    /** A fault of a call that was read, but does not fit its tool. */
    Fault(String message) {
        this(message, 0);
    }

    /** @param position where in the text reading ended */
    Fault(String message, int position) {
        super(message, null, false, false);
        this.position = position;
    }

    int position() {
        return position;
    }
}
