package dev.bantam.ext.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A file before the session's first change of it, and now.
 *
 * @param before empty for a new file
 */
record Change(String path, String before, String after) {
    /** Lines that were not there before. */
    List<String> added() {
        Set<String> old = Set.copyOf(before.lines().toList());
        return after.lines().filter(line -> !old.contains(line)).toList();
    }

    List<String> newSymbols() {
        Set<String> old = names(before);
        return names(after).stream().filter(name -> !old.contains(name)).toList();
    }

    /** The functions in whose lines something was changed, those that are new or gone included. */
    Set<String> changedSymbols() {
        Set<String> changed = new LinkedHashSet<>(owners(after, before));
        changed.addAll(owners(before, after));
        return changed;
    }

    private static List<String> owners(String text, String other) {
        Set<String> elsewhere = Set.copyOf(other.lines().toList());
        List<Symbols.Symbol> symbols = Symbols.in(text);
        List<String> lines = text.lines().toList();
        List<String> owners = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !elsewhere.contains(lines.get(i))) {
                int line = i + 1;
                symbols.stream()
                        .filter(symbol -> symbol.line() <= line)
                        .reduce((first, second) -> second)
                        .ifPresent(symbol -> owners.add(symbol.name()));
            }
        }
        return owners;
    }

    private static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        Symbols.in(text).forEach(symbol -> names.add(symbol.name()));
        return names;
    }
}
