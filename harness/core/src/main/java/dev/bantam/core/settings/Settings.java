package dev.bantam.core.settings;

import dev.bantam.api.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of a run: declared keys with the values of the user's file, then the project's (once trusted), then
 * flags. Later ones win. Immutable.
 */
public final class Settings {
    private final Map<String, Setting<?>> declared;
    private final Map<String, Object> values;

    private Settings(Map<String, Setting<?>> declared, Map<String, Object> values) {
        this.declared = declared;
        this.values = values;
    }

    /** No values yet; only these keys can be set. Two parts that declare one key are a fault of the program. */
    public static Settings declare(Collection<? extends Setting<?>> settings) {
        Map<String, Setting<?>> declared = new LinkedHashMap<>();
        for (Setting<?> setting : settings) {
            if (declared.put(setting.key(), setting) != null) {
                throw new IllegalArgumentException("the setting " + setting.key() + " is declared twice");
            }
        }
        return new Settings(declared, Map.of());
    }

    /**
     * With the values of one source on top.
     *
     * @param origin names the source in errors: a file, or a flag
     * @param source dotted keys with JSON's values
     * @throws ConfigException for an unknown key or a value of the wrong type
     */
    public Settings with(String origin, Map<String, ?> source) throws ConfigException {
        Map<String, Object> merged = new LinkedHashMap<>(values);
        for (Map.Entry<String, ?> entry : source.entrySet()) {
            Setting<?> setting = declared.get(entry.getKey());
            if (setting == null) {
                throw new ConfigException(origin + ": unknown setting \"" + entry.getKey() + "\"."
                        + Nearest.hint(entry.getKey(), declared.keySet()));
            }
            merged.put(entry.getKey(), checked(origin, setting, entry.getValue()));
        }
        return new Settings(declared, merged);
    }

    /**
     * With the values of a trusted project on top.
     *
     * @throws ConfigException also for a key that only the user may set
     */
    public Settings withProject(String origin, Map<String, ?> source) throws ConfigException {
        for (String key : source.keySet()) {
            Setting<?> setting = declared.get(key);
            if (setting != null && setting.scope() == Setting.Scope.USER) {
                throw new ConfigException(origin + ": the setting \"" + key + "\" cannot be set by a project."
                        + " Remove it there; it belongs into your own settings file");
            }
        }
        return with(origin, source);
    }

    /**
     * With values for keys that nobody has set so far.
     *
     * @throws ConfigException as {@link #with}
     */
    public Settings withDefaults(String origin, Map<String, ?> source) throws ConfigException {
        Map<String, Object> open = new LinkedHashMap<>(source);
        open.keySet().removeAll(values.keySet());
        return with(origin, open);
    }

    /** With a value given as text on the command line: {@code --set key=value}. A list has commas, or is JSON. */
    public Settings withText(String origin, String key, String text) throws ConfigException {
        Setting<?> setting = declared.get(key);
        return with(origin, Map.of(key, setting == null ? text : fromText(setting.type(), text)));
    }

    /** The value, or the setting's fallback; null when there is neither. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElse(setting.fallback());
    }

    /** The value that somebody set. */
    public <T> Optional<T> find(Setting<T> setting) {
        if (!declared.containsKey(setting.key())) {
            throw new IllegalArgumentException("the setting " + setting.key() + " was never declared");
        }
        return Optional.ofNullable(values.get(setting.key())).map(setting.type()::cast);
    }

    /** Every declared setting, for lists and help. */
    public List<Setting<?>> declared() {
        return List.copyOf(declared.values());
    }

    private static Object fromText(Class<?> type, String text) {
        if (type == Integer.class && text.matches("-?\\d{1,9}")) {
            return Integer.valueOf(text);
        }
        if (type == Double.class && text.matches("-?\\d+(\\.\\d+)?")) {
            return Double.valueOf(text);
        }
        if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        if (type != List.class) {
            return text;
        }
        return text.matches("(?s)\\s*\\[\\s*[\"\\]].*") ? SettingsFile.list(text) : List.of(text.split(","));
    }

    private static Object checked(String origin, Setting<?> setting, Object value) throws ConfigException {
        Object fitting =
                setting.type() == Double.class && value instanceof Number number ? number.doubleValue() : value;
        if (!setting.type().isInstance(fitting)) {
            throw wrong(origin, setting, value, "must be " + typeName(setting.type()));
        }
        if (fitting instanceof List<?> list && !list.stream().allMatch(String.class::isInstance)) {
            throw wrong(origin, setting, value, "must be " + typeName(setting.type()));
        }
        if (fitting instanceof Number number
                && !(number.doubleValue() >= setting.least() && number.doubleValue() <= setting.most())) {
            throw wrong(origin, setting, value, "must be " + range(setting));
        }
        if (!setting.choices().isEmpty() && !setting.choices().contains(String.valueOf(fitting))) {
            throw wrong(
                    origin,
                    setting,
                    value,
                    "must be one of " + setting.choices().stream().collect(Collectors.joining(", ")));
        }
        return fitting instanceof List<?> list ? List.copyOf(new ArrayList<>(list)) : fitting;
    }

    private static String range(Setting<?> setting) {
        boolean whole = setting.type() == Integer.class;
        String least = whole ? String.valueOf((long) setting.least()) : String.valueOf(setting.least());
        String most = whole ? String.valueOf((long) setting.most()) : String.valueOf(setting.most());
        return setting.most() >= (whole ? Integer.MAX_VALUE : Double.MAX_VALUE)
                ? "at least " + least
                : "from " + least + " to " + most;
    }

    private static ConfigException wrong(String origin, Setting<?> setting, Object value, String rule) {
        String shown = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
        return new ConfigException(
                origin + ": the setting \"" + setting.key() + "\" " + rule + ", not " + shown + ". " + setting.help());
    }

    private static String typeName(Class<?> type) {
        if (type == Integer.class) {
            return "a whole number";
        }
        if (type == Double.class) {
            return "a number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return type == List.class ? "a list of texts" : "a text";
    }
}
