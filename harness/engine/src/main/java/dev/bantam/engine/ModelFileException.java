package dev.bantam.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A model file that cannot be used: missing, damaged, foreign, or of a kind that this engine does not read. The message
 * names the file, the field, the value found and what is expected.
 */
public final class ModelFileException extends IOException {
    private static final long serialVersionUID = 1;

    private final String field;

    /** Reports that {@code field} of {@code file} holds {@code value} where {@code expected} was needed. */
    public ModelFileException(Path file, String field, Object value, String expected) {
        super("%s: %s is %s; expected %s".formatted(file, field, shortened(value), expected));
        this.field = field;
    }

    /** Reports that {@code file} could not be read at all. */
    public ModelFileException(Path file, IOException cause) {
        super("%s: cannot be read (%s)".formatted(file, reason(cause)), cause);
        this.field = "file";
    }

    /** The part of the file that is wrong, such as {@code version} or {@code tensor blk.0.attn_q.weight}. */
    public String field() {
        return field;
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
