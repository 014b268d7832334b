package dev.bantam.ext.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text for the model, kept as a resource beside its class, in which {@code {names}} wait for their values. */
public record Template(String text) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");

    /** Reads a resource of the owner's package. Its last line break is not part of the text. */
    public static Template of(Class<?> owner, String resource) {
        try (InputStream stream = owner.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + resource + " beside " + owner.getName());
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new Template(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills in all names at once: braces inside a value stay as they are. Every name must have its value. */
    public String with(Map<String, ?> values) {
        return NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, values)));
    }

    private static String value(MatchResult match, Map<String, ?> values) {
        Object value = values.get(match.group(1));
        if (value == null) {
            throw new IllegalArgumentException("no value for " + match.group());
        }
        return value.toString();
    }
}
