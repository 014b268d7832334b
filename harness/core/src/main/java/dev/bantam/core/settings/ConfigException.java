package dev.bantam.core.settings;

/** A setting, a flag or a file of the user's is wrong. The message names the file, the key, the value and what is allowed. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
