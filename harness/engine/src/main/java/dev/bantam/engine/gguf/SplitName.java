package dev.bantam.engine.gguf;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one part of a model that is split over files, such as {@code big-00002-of-00003.gguf}.
 *
 * @param base what stands before the numbers
 * @param number of this part, from 1
 * @param count of all parts
 */
public record SplitName(String base, int number, int count) {
    private static final Pattern FORM = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf", Pattern.CASE_INSENSITIVE);

    /** Reads a file's name; empty when it is that of a whole model. */
    public static Optional<SplitName> of(String fileName) {
        Matcher form = FORM.matcher(fileName);
        return form.matches()
                ? Optional.of(
                        new SplitName(form.group(1), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3))))
                : Optional.empty();
    }

    /** Reads the last name of a path. */
    public static Optional<SplitName> of(Path file) {
        return of(file.getFileName().toString());
    }

    /** The name of another part of the same model. */
    public String part(int other) {
        return "%s-%05d-of-%05d.gguf".formatted(base, other, count);
    }
}
