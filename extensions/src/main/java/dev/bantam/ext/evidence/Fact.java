package dev.bantam.ext.evidence;

import dev.bantam.ext.text.JsonText;
import dev.bantam.ext.text.ParsedJson;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that was found.
 *
 * @param id {@code e1}, {@code e2}, … in the order in which they were added
 * @param source {@code FILE:LINE}, a command or a URL
 */
record Fact(String id, String text, String source) {
    /** As the model reads it. */
    String shown() {
        return id + ": " + text + " (" + source + ")";
    }

    /** Whether both say the same of the same source: blanks and letter case do not count. */
    boolean sameAs(String otherText, String otherSource) {
        return plain(text).equals(plain(otherText)) && plain(source).equals(plain(otherSource));
    }

    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("fact", text);
        json.put("source", source);
        return JsonText.of(json);
    }

    /** The fact of a line; empty for a line that holds none. */
    static Optional<Fact> parse(String line) {
        try {
            Map<String, Object> json = ParsedJson.object(line);
            return json.get("id") instanceof String id
                            && json.get("fact") instanceof String text
                            && json.get("source") instanceof String source
                    ? Optional.of(new Fact(id, text, source))
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
