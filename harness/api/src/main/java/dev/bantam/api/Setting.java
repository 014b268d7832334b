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
 * @param least the smallest number allowed
 * @param most the largest
 * @param scope whose files may set it
 */
public record Setting<T>(
        String key,
        Class<T> type,
        T fallback,
        String help,
        List<String> choices,
        double least,
        double most,
        Scope scope) {
    public Setting {
        choices = List.copyOf(choices);
        if (!List.of(String.class, Integer.class, Double.class, Boolean.class, List.class)
                .contains(type)) {
            throw new IllegalArgumentException("a setting is a text, number, boolean or list of texts, not " + type);
        }
    }

    /** Whose settings files may hold a key. */
    public enum Scope {
        /** The user's, and that of a project that the user trusts. */
        ANY,
        /** The user's alone: what keeps the user safe, a project cannot loosen. */
        USER
    }

    public static Setting<String> text(String key, String fallback, String help, String... choices) {
        return unbounded(key, String.class, fallback, help, List.of(choices));
    }

    public static Setting<Integer> whole(String key, Integer fallback, String help) {
        return unbounded(key, Integer.class, fallback, help, List.of());
    }

    /** A whole number from {@code least} to {@code most}, both included. */
    public static Setting<Integer> whole(String key, Integer fallback, String help, int least, int most) {
        return new Setting<>(key, Integer.class, fallback, help, List.of(), least, most, Scope.ANY);
    }

    public static Setting<Double> real(String key, Double fallback, String help) {
        return unbounded(key, Double.class, fallback, help, List.of());
    }

    /** A number from {@code least} to {@code most}, both included. */
    public static Setting<Double> real(String key, Double fallback, String help, double least, double most) {
        return new Setting<>(key, Double.class, fallback, help, List.of(), least, most, Scope.ANY);
    }

    public static Setting<Boolean> flag(String key, boolean fallback, String help) {
        return unbounded(key, Boolean.class, fallback, help, List.of());
    }

    /** A list of texts. */
    @SuppressWarnings("rawtypes")
    public static Setting<List> texts(String key, String help) {
        return unbounded(key, List.class, List.of(), help, List.of());
    }

    /** The same setting, which a project cannot set. */
    public Setting<T> userOnly() {
        return new Setting<>(key, type, fallback, help, choices, least, most, Scope.USER);
    }

    private static <T> Setting<T> unbounded(String key, Class<T> type, T fallback, String help, List<String> choices) {
        return new Setting<>(
                key, type, fallback, help, choices, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Scope.ANY);
    }
}
