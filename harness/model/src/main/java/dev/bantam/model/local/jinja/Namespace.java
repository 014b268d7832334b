package dev.bantam.model.local.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} makes: variables that a loop's body can change for those outside. */
record Namespace(Map<String, Object> values) {
    Namespace(Map<String, Object> values) {
        this.values = new LinkedHashMap<>(values);
    }
}
