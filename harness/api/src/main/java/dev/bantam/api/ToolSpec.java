package dev.bantam.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the model is told of a tool.
 *
 * @param name kebab-case or one word
 * @param description what the model reads; every word costs a token in every request
 * @param aliases other names under which models are known to call it; they are mapped, visibly
 */
public record ToolSpec(String name, String description, Schema.Struct parameters, Set<String> aliases) {
    public ToolSpec {
        aliases = Set.copyOf(aliases);
    }

    public static ToolSpec of(String name, String description, Schema.Field... fields) {
        return new ToolSpec(name, description, new Schema.Struct(List.of(fields)), Set.of());
    }

    public ToolSpec alsoKnownAs(String... names) {
        return new ToolSpec(name, description, parameters, Set.of(names));
    }

    /** Whether a model that says this name means this tool. Letter case and the difference of - and _ do not count. */
    public boolean answersTo(String called) {
        return matches(name, called) || aliases.stream().anyMatch(alias -> matches(alias, called));
    }

    /** The field that goes by this name or alias. */
    public Optional<Schema.Field> field(String called) {
        Optional<Schema.Field> exact = parameters.fields().stream()
                .filter(field -> field.name().equals(called))
                .findFirst();
        return exact.or(() -> parameters.fields().stream()
                .filter(field -> matches(field.name(), called)
                        || field.aliases().stream().anyMatch(alias -> matches(alias, called)))
                .findFirst());
    }

    private static boolean matches(String name, String called) {
        return plain(name).equals(plain(called));
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(java.util.Locale.ROOT);
    }
}
