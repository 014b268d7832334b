package dev.bantam.model.local.jinja;

import java.util.HashMap;
import java.util.Map;

/** Variables that are seen in one place; those of the surroundings are seen too, and cannot be changed. */
final class Scope {
    private final Scope surroundings;
    private final Map<String, Object> values = new HashMap<>();

    Scope(Scope surroundings) {
        this.surroundings = surroundings;
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.surroundings) {
            if (scope.values.containsKey(name)) {
                return scope.values.get(name);
            }
        }
        return new Undefined(name);
    }
}
