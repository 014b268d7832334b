package dev.bantam.sandbox.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How an image is made, and how it is called: the name holds a hash of the recipe, so a recipe that has changed is an
 * image that is not there yet.
 *
 * @param dockerfile needs no files beside it
 * @param packages what the default image has of Debian; empty for a Dockerfile of the user's own
 */
public record Recipe(String name, String dockerfile, List<String> packages) {
    /** What every default image has. */
    private static final List<String> ALWAYS = List.of(
            "ca-certificates",
            "curl",
            "diffutils",
            "file",
            "git",
            "less",
            "make",
            "patch",
            "procps",
            "python3",
            "ripgrep",
            "unzip",
            "xz-utils");

    /** The release that the Dockerfile names. */
    static final String RELEASE = "trixie";

    public Recipe {
        packages = List.copyOf(packages);
    }

    /** The default image for these languages. */
    public static Recipe forLanguages(Set<Language> languages) {
        Set<String> packages = new TreeSet<>(ALWAYS);
        languages.forEach(language -> packages.addAll(language.packages()));
        String dockerfile = template().replace("PACKAGES", String.join(" ", packages));
        String words = languages.isEmpty()
                ? "base"
                : EnumSet.copyOf(languages).stream().map(Language::word).collect(Collectors.joining("-"));
        return new Recipe("bantam-sandbox:" + words + "-" + hash(dockerfile), dockerfile, new ArrayList<>(packages));
    }

    /** The image of a Dockerfile that somebody else wrote. */
    public static Recipe of(String dockerfile) {
        return new Recipe("bantam-project:" + hash(dockerfile), dockerfile, List.of());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String template() {
        try (InputStream stream = Recipe.class.getResourceAsStream("Dockerfile")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
