package dev.bantam.ext.modelprofile;

import dev.bantam.ext.text.ParsedJson;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a family is asked; what is empty is left as it is.
 *
 * @param match found in the model's name or its family; empty for one that is only used by its name
 * @param thinking tokens; 0 switches thinking off
 * @param maxOutputTokens a limit for the reply, thinking included
 * @param prompt a text for the model, once a session
 * @param settings values of settings that the user left open, such as the budgets of cards
 */
record Profile(
        String name,
        Optional<Pattern> match,
        OptionalDouble temperature,
        OptionalInt thinking,
        OptionalInt maxOutputTokens,
        Optional<String> prompt,
        Map<String, Object> settings) {
    Profile {
        settings = Map.copyOf(settings);
    }

    static final Profile NONE = new Profile(
            "none",
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Map.of());
    private static final TreeSet<String> KEYS =
            new TreeSet<>(Set.of("match", "temperature", "thinking_budget", "max_output_tokens", "prompt", "settings"));
    private static final double HOTTEST = 2;

    /**
     * Reads a profile.
     *
     * @param origin names the file in a fault
     * @throws IllegalArgumentException when it is none: it names the file, the key, and what is allowed
     */
    static Profile parse(String name, String origin, String json) {
        try {
            Map<String, Object> map = ParsedJson.object(json);
            for (String key : map.keySet()) {
                if (!KEYS.contains(key)) {
                    throw fault(origin, "the key \"" + key + "\" is unknown; there are " + String.join(", ", KEYS));
                }
            }
            return new Profile(
                    name,
                    text(map, "match", origin).map(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)),
                    temperature(map, origin),
                    whole(map, "thinking_budget", 0, origin),
                    whole(map, "max_output_tokens", 1, origin),
                    text(map, "prompt", origin),
                    settings(map, origin));
        } catch (ParseException e) {
            throw fault(origin, e.getMessage());
        } catch (PatternSyntaxException e) {
            throw fault(origin, "\"match\" is no regular expression: " + e.getDescription());
        }
    }

    boolean fits(String text) {
        return match.isPresent() && match.get().matcher(text).find();
    }

    /** This one's values; where it has none the other's. */
    Profile over(Profile other) {
        Map<String, Object> both = new LinkedHashMap<>(other.settings);
        both.putAll(settings);
        return new Profile(
                other == NONE ? name : name + " over " + other.name,
                match,
                temperature.isPresent() ? temperature : other.temperature,
                thinking.isPresent() ? thinking : other.thinking,
                maxOutputTokens.isPresent() ? maxOutputTokens : other.maxOutputTokens,
                prompt.or(() -> other.prompt),
                both);
    }

    private static Map<String, Object> settings(Map<String, Object> map, String origin) {
        if (!(map.getOrDefault("settings", Map.of()) instanceof Map<?, ?> given)) {
            throw fault(origin, "\"settings\" must be an object, as in settings.json");
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        given.forEach((key, value) -> settings.put(
                (String) key, value instanceof Long whole && whole == whole.intValue() ? whole.intValue() : value));
        return settings;
    }

    private static Optional<String> text(Map<String, Object> map, String key, String origin) {
        return switch (map.get(key)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw fault(origin, "\"" + key + "\" must be a text");
        };
    }

    private static OptionalDouble temperature(Map<String, Object> map, String origin) {
        return switch (map.get("temperature")) {
            case null -> OptionalDouble.empty();
            case Number number
            when number.doubleValue() >= 0 && number.doubleValue() <= HOTTEST ->
                OptionalDouble.of(number.doubleValue());
            default -> throw fault(origin, "\"temperature\" must be a number from 0 to 2");
        };
    }

    private static OptionalInt whole(Map<String, Object> map, String key, int least, String origin) {
        return switch (map.get(key)) {
            case null -> OptionalInt.empty();
            case Long number when number >= least && number <= Integer.MAX_VALUE -> OptionalInt.of(number.intValue());
            default -> throw fault(origin, "\"" + key + "\" must be a whole number of tokens, at least " + least);
        };
    }

    private static IllegalArgumentException fault(String origin, String what) {
        return new IllegalArgumentException("the model profile " + origin + ": " + what);
    }
}
