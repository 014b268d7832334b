package dev.bantam.ext.web;

/** Why a page or a search could not be had, in words for the model. */
final class WebException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private WebException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** It was tried. */
    static WebException failed(String message) {
        return new WebException(message, false);
    }

    /** It is not allowed, and was not tried. */
    static WebException refused(String message) {
        return new WebException(message, true);
    }

    boolean refused() {
        return refused;
    }
}
