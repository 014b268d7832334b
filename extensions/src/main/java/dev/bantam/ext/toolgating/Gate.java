package dev.bantam.ext.toolgating;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which names pass: those that a pattern of the first allows, if there are any, and no pattern of the second denies. */
record Gate(Map<String, Pattern> allowed, Map<String, Pattern> denied) {
    /** Patterns by their text: {@code *} stands for any characters; letter case and the difference of - and _ do not count. */
    static Map<String, Pattern> patterns(List<?> texts) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        for (Object text : texts) {
            String regex = Pattern.quote(plain(text.toString().strip())).replace("*", "\\E.*\\Q");
            patterns.put(text.toString(), Pattern.compile(regex));
        }
        return patterns;
    }

    /** Whether everything passes. */
    boolean open() {
        return allowed.isEmpty() && denied.isEmpty();
    }

    boolean lets(String tool) {
        String name = plain(tool);
        boolean wanted = allowed.isEmpty()
                || allowed.values().stream()
                        .anyMatch(pattern -> pattern.matcher(name).matches());
        return wanted
                && denied.values().stream()
                        .noneMatch(pattern -> pattern.matcher(name).matches());
    }

    /** The patterns that mean none of these names. */
    List<String> idle(List<String> tools) {
        List<String> idle = new ArrayList<>();
        for (Map<String, Pattern> patterns : List.of(allowed, denied)) {
            patterns.forEach((text, pattern) -> {
                if (tools.stream()
                        .noneMatch(tool -> pattern.matcher(plain(tool)).matches())) {
                    idle.add(text);
                }
            });
        }
        return idle;
    }

    private static String plain(String name) {
        return name.replace('-', '_').toLowerCase(java.util.Locale.ROOT);
    }
}
