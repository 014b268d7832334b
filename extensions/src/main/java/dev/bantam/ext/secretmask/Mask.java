package dev.bantam.ext.secretmask;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replaces secrets by their placeholders. Remembers what it found in this session. */
final class Mask {
    private final Placeholders placeholders;
    private final Map<String, String> byValue = new LinkedHashMap<>();

    Mask(Placeholders placeholders, List<Secret> known) {
        this.placeholders = placeholders;
        learn(known);
    }

    private void learn(List<Secret> secrets) {
        secrets.forEach(secret -> byValue.putIfAbsent(secret.value(), placeholders.of(secret)));
    }

    /** The same text object when there is nothing to hide in it. */
    String hide(String text) {
        learn(Formats.in(text));
        String hidden = text;
        for (String value : longestFirst()) {
            hidden = hidden.contains(value) ? hidden.replace(value, byValue.get(value)) : hidden;
        }
        return hidden;
    }

    /** The real values, by placeholder, of what stands in a text. */
    Map<String, String> standingIn(String text) {
        learn(Formats.in(text));
        Map<String, String> standing = new LinkedHashMap<>();
        for (String value : longestFirst()) {
            if (text.contains(value)) {
                standing.put(byValue.get(value), value);
            }
        }
        return standing;
    }

    /** A secret may be a part of another one. */
    private List<String> longestFirst() {
        return byValue.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }
}
