package dev.bantam.sandbox.image;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which of the default images that are there does for a workspace: its own, or one that has more than it needs. */
public final class WorkspaceImage {
    private WorkspaceImage() {}

    /** The name of the one with the fewest languages beside those needed. */
    public static Optional<String> among(Set<String> there, Set<Language> needed) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        Language[] all = Language.values();
        for (int bits = 0; bits < 1 << all.length; bits++) {
            Set<Language> languages = EnumSet.noneOf(Language.class);
            for (Language language : all) {
                if ((bits >> language.ordinal() & 1) == 1) {
                    languages.add(language);
                }
            }
            String name = Recipe.forLanguages(languages).name();
            if (languages.containsAll(needed) && languages.size() < fewest && there.contains(name)) {
                best = name;
                fewest = languages.size();
            }
        }
        return Optional.ofNullable(best);
    }
}
