package dev.bantam.ext.web;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says it sends.
 *
 * @param name in small letters; empty when it says nothing
 */
record MediaType(String name, Optional<Charset> charset) {
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*[\"']?([^\"';,\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> HTML =
            Set.of("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml");
    private static final Pattern TEXT = Pattern.compile(
            "text/.*|.*\\+(json|xml|yaml)"
                    + "|application/(json|xml|javascript|ecmascript|x-javascript|x-ndjson|jsonl|yaml|x-yaml|toml|sql|x-sh|graphql)");

    static MediaType of(String header) {
        String name = header.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
        Matcher charset = CHARSET.matcher(header);
        return new MediaType(name, charset.find() ? charset(charset.group(1)) : Optional.empty());
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty(); // as browsers do: then the page's own word counts
        }
    }

    boolean isHtml() {
        return HTML.contains(name);
    }

    /** Whether a person could read it as it is. What is not named may be text: its bytes tell. */
    boolean mayBeText() {
        return name.isEmpty() || isHtml() || TEXT.matcher(name).matches();
    }
}
