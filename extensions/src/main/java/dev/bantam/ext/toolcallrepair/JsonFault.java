package dev.bantam.ext.toolcallrepair;

/** What was written cannot be read as one thing only. The message is written for the model. */
final class JsonFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    /** @param position where in the text reading ended */
    JsonFault(String message, int position) {
        super(message, null, false, false);
        this.position = position;
    }

    int position() {
        return position;
    }
}
