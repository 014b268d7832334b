package dev.bantam.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A card: a short text that a model is given when it needs it, in the form of agentskills.io.
 *
 * @param name at most 64 lower-case letters, digits and single hyphens
 * @param description what it is for; people and programs choose by it
 * @param file where it was found, for people
 * @param metadata more about it; the keys that Bantam reads have accessors here
 * @param text what the model reads
 */
public record Skill(
        String name, String description, Origin origin, String file, Map<String, String> metadata, String text) {
    public Skill {
        metadata = Map.copyOf(metadata);
    }

    /** Who brought a card. Of several with one name the first wins, in this order. */
    public enum Origin {
        PROJECT,
        USER,
        SHIPPED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code tool}, {@code knowledge}, {@code protocol}, or another word; empty where it says none. */
    public String kind() {
        return metadata.getOrDefault("kind", "");
    }

    /** The tools that it is about. A line of its text that names one of them is of no use where that tool is missing. */
    public List<String> tools() {
        return listed("tools", "[\\s,]+");
    }

    /** Single words that hint at it, each alone a weak sign. */
    public List<String> words() {
        return listed("words", "[\\s,]+");
    }

    /** Expressions of several words, or rare words, each alone a strong sign. */
    public List<String> phrases() {
        return listed("phrases", "[,\\n]");
    }

    /** Regular expressions, without regard to letter case, each alone enough to want it. */
    public List<String> patterns() {
        return listed("patterns", "\\n");
    }

    private List<String> listed(String key, String separator) {
        return Arrays.stream(metadata.getOrDefault(key, "").split(separator))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
