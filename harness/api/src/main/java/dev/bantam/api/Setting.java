package dev.bantam.api;

import java.util.List;

/**
 * A declared setting. What is not declared cannot be set.
 *
 * @param key dotted, kebab-case, such as {@code turn-cap.max-turns}
 * @param type of the value in the settings file
 * @param fallback the value when nobody sets it; null means that there is none
 * @param help one line
 * @param choices allowed texts; empty allows all
 */
public record Setting<T>(String key, Class<T> type, T fallback, String help, List<String> choices) {
    public Setting {
        choices = List.copyOf(choices);
        if (!List.of(String.class, Integer.class, Double.class, Boolean.class, List.class)
                .contains(type)) {
            throw new IllegalArgumentException("a setting is a text, number, boolean or list of texts, not " + type);
        }
    }

    public static Setting<String> text(String key, String fallback, String help, String... choices) {
        return new Setting<>(key, String.class, fallback, help, List.of(choices));
    }

    public static Setting<Integer> whole(String key, Integer fallback, String help) {
        return new Setting<>(key, Integer.class, fallback, help, List.of());
    }

    public static Setting<Double> real(String key, Double fallback, String help) {
        return new Setting<>(key, Double.class, fallback, help, List.of());
    }

    public static Setting<Boolean> flag(String key, boolean fallback, String help) {
        return new Setting<>(key, Boolean.class, fallback, help, List.of());
    }

    /** A list of texts. */
    @SuppressWarnings("rawtypes")
    public static Setting<List> texts(String key, String help) {
        return new Setting<>(key, List.class, List.of(), help, List.of());
    }
}
