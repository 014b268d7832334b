package dev.bantam.sandbox.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client throws unchecked exceptions with an engine's answers in JSON; people get sentences. */
final class Faults {
    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Faults() {}

    /** @param what such as {@code "the container cannot be started"} */
    static IOException asIo(String what, RuntimeException fault) {
        return new IOException(what + ": " + inWords(fault), fault);
    }

    static String inWords(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null && !(deepest instanceof DockerException)) {
            deepest = deepest.getCause();
        }
        String text = String.valueOf(deepest.getMessage()).strip();
        Matcher message = MESSAGE.matcher(text);
        if (message.find()) {
            return message.group(1).replace("\\\"", "\"").replace("\\n", " ");
        }
        return text.contains("Permission denied")
                ? "you may not use its socket (Permission denied). Add yourself to the group docker, or use a rootless"
                        + " engine"
                : text;
    }
}
