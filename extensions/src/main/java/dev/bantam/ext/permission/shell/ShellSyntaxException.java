package dev.bantam.ext.permission.shell;

/** A text is no shell script, or one that is not understood. */
public final class ShellSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    ShellSyntaxException(String message) {
        super(message);
    }
}
