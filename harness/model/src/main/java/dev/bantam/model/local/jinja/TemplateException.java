package dev.bantam.model.local.jinja;

/** A template cannot be read or rendered. The message says what is wrong and in which line. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean raised;

    public TemplateException(String message) {
        this(message, false);
    }

    TemplateException(String message, boolean raised) {
        super(message);
        this.raised = raised;
    }

    /** Whether the template itself refused, with {@code raise_exception}. */
    public boolean raised() {
        return raised;
    }

    TemplateException inLine(int line) {
        String message = getMessage();
        return message.startsWith("line ") ? this : new TemplateException("line " + line + ": " + message, raised);
    }
}
