package dev.bantam.api;

import java.time.Duration;
import java.util.Optional;

/** A model gave no reply. The message is one plain sentence for the user, saying what to do where that is known. */
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as the caller must tell cases apart. */
    public enum Kind {
        /** Nothing answers at the address, or the server died. */
        UNREACHABLE(true),
        /** Too many requests; see {@link ModelException#retryAfter()}. */
        BUSY(true),
        /** The server failed (5xx). */
        SERVER(true),
        /** The stream broke off or was malformed. */
        BROKEN_STREAM(true),
        /** The prompt does not fit into the window: compact, then ask again. */
        OVERFLOW(false),
        /** The server cut the prompt without saying so. */
        PROMPT_CUT(false),
        /** Key missing or wrong. */
        AUTHENTICATION(false),
        /** The request or the model's name was refused. */
        REJECTED(false),
        /** The model's file cannot be used. */
        UNUSABLE(false);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    public ModelException(Kind kind, String message) {
        this(kind, message, Optional.empty(), null);
    }

    public ModelException(Kind kind, String message, Throwable cause) {
        this(kind, message, Optional.empty(), cause);
    }

    public ModelException(Kind kind, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether asking again, unchanged, can help. */
    public boolean retryable() {
        return kind.retryable;
    }

    /** How long the server asked to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
