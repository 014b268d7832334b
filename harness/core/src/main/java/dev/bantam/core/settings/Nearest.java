package dev.bantam.core.settings;

import dev.bantam.api.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known name with the smallest edit distance (Levenshtein 1966), if it is close enough to be a slip: at most
     * half of the longer name.
     */
    public static Optional<String> of(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate ->
                        EditDistance.between(name, candidate) * 2 <= Math.max(name.length(), candidate.length()))
                .min(Comparator.comparingInt((String candidate) -> EditDistance.between(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code " Did you mean X?"}, or nothing. */
    public static String hint(String name, Collection<String> known) {
        return of(name, known).map(near -> " Did you mean " + near + "?").orElse("");
    }
}
