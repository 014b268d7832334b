package dev.bantam.core.context;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts that the model reads; they lie beside the classes, as files. */
public final class Texts {
    private Texts() {}

    /** A text of this package by its file's name. */
    public static String read(String name) {
        try (InputStream stream = Texts.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the text " + name + " is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the text " + name + " cannot be read", e);
        }
    }
}
