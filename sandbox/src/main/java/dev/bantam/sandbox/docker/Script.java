package dev.bantam.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The shell programs that run in a container; its image needs a shell and {@code grep}, no more. */
enum Script {
    MAIN,
    RUN,
    TERMINAL,
    END;

    private final String text;

    Script() {
        String name = name().toLowerCase(java.util.Locale.ROOT) + ".sh";
        try (InputStream stream = Script.class.getResourceAsStream(name)) {
            text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that runs it with these words. */
    String[] with(String... words) {
        String[] command = new String[words.length + 4];
        command[0] = "/bin/sh";
        command[1] = "-c";
        command[2] = text;
        command[3] = name().toLowerCase(java.util.Locale.ROOT);
        System.arraycopy(words, 0, command, 4, words.length);
        return command;
    }
}
