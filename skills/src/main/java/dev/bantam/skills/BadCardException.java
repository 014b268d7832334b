package dev.bantam.skills;

/** A file is no card; the message says why, as the end of a sentence. */
final class BadCardException extends Exception {
    private static final long serialVersionUID = 1L;

    BadCardException(String message) {
        super(message);
    }
}
