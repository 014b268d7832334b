package dev.bantam.ext.modelprofile;

import dev.bantam.api.ModelInfo;
import dev.bantam.ext.text.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The profiles that there are: the user's, by their files' names, and ours. */
record Shelf(List<Profile> users, List<Profile> ours) {
    private static final List<String> OURS =
            List.of("gpt-oss", "qwen3-coder", "qwen3-thinking", "deepseek-r1", "magistral", "benchmark");

    /** @param config the user's settings folder */
    static Shelf of(Path config) {
        return new Shelf(
                users(config.resolve("profiles")),
                OURS.stream()
                        .map(name -> Profile.parse(
                                name,
                                name,
                                Template.of(Shelf.class, name + ".json").text()))
                        .toList());
    }

    private static List<Profile> users(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Shelf::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
        }
    }

    private static Profile read(Path file) {
        try {
            String name = file.getFileName().toString().replaceFirst("\\.json$", "");
            return Profile.parse(name, file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the model profile " + file + " cannot be read", e);
        }
    }

    /** The first of the user's that fits, over the first of ours that does. */
    Profile fitting(ModelInfo model) {
        Profile our = first(ours, model).orElse(Profile.NONE);
        return first(users, model).map(users -> users.over(our)).orElse(our);
    }

    /** @throws IllegalArgumentException when there is none of this name */
    Profile named(String name) {
        return Stream.concat(users.stream(), ours.stream())
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("model-profile.use is " + name + "; there are: auto, "
                        + Stream.concat(users.stream(), ours.stream())
                                .map(Profile::name)
                                .collect(Collectors.joining(", "))));
    }

    private static Optional<Profile> first(List<Profile> profiles, ModelInfo model) {
        return profiles.stream()
                .filter(profile -> profile.fits(model.ref())
                        || profile.fits(model.profile().family()))
                .findFirst();
    }
}
