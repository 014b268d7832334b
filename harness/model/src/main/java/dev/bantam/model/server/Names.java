package dev.bantam.model.server;

import dev.bantam.api.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a user may have meant. */
public final class Names {
    private Names() {}

    /** The candidate with the smallest edit distance, unless even that one is mostly different. */
    public static Optional<String> nearest(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(Comparator.comparingInt(
                        candidate -> EditDistance.between(wanted, candidate.toLowerCase(Locale.ROOT))))
                .filter(best -> {
                    String found = best.toLowerCase(Locale.ROOT);
                    return found.contains(wanted)
                            || EditDistance.between(wanted, found) <= Math.max(wanted.length(), found.length()) / 2;
                });
    }
}
