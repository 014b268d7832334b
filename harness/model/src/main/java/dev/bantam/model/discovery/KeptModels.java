package dev.bantam.model.discovery;

import dev.bantam.engine.gguf.SplitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The models that Bantam keeps itself, in a folder of their own: put there by hand, or in folders OWNER/REPO by a pull. */
public final class KeptModels {
    private final Path folder;

    /** @param folder need not exist */
    public KeptModels(Path folder) {
        this.folder = folder.normalize();
    }

    /**
     * The files that a name may mean: a path below the folder first, else any file so named in it. The ending {@code
     * .gguf} and the numbers of a split model may be left out. More than one is for the user to tell apart.
     */
    public List<Path> named(String name) {
        for (String candidate : List.of(name, name + ".gguf")) {
            Path file = folder.resolve(candidate).normalize();
            if (file.startsWith(folder) && Files.isRegularFile(file)) {
                return List.of(file);
            }
        }
        return all().stream()
                .filter(file -> name.equalsIgnoreCase(shortName(file)) || name.equalsIgnoreCase(longName(file)))
                .toList();
    }

    /** How the user names a file: {@code local/NAME} where that is enough, else with the folders; empty for others. */
    public Optional<String> ref(Path file) {
        if (!file.startsWith(folder)) {
            return Optional.empty();
        }
        String shorter = shortName(file);
        return Optional.of("local/" + (named(shorter).equals(List.of(file)) ? shorter : longName(file)));
    }

    private List<Path> all() {
        return new ModelFolders(List.of(folder))
                .find().stream().map(found -> Path.of(found.ref())).toList();
    }

    private static String shortName(Path file) {
        String name = file.getFileName().toString();
        return SplitName.of(name).map(SplitName::base).orElseGet(() -> name.replaceFirst("(?i)\\.gguf$", ""));
    }

    private String longName(Path file) {
        String within = folder.relativize(file).toString();
        return within.substring(
                        0, within.length() - file.getFileName().toString().length())
                + shortName(file);
    }
}
