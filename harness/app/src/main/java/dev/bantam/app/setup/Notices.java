package dev.bantam.app.setup;

import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sentences for the person about how a run was set up. */
public final class Notices {
    private static final List<String> PLACES = List.of(".bantam/", ".agents/skills/", ".cursorrules");

    private Notices() {}

    /** What the project brings and nobody trusted yet. */
    public static Optional<String> untrusted(Configuration configuration) {
        List<String> files = configuration.untrusted();
        return switch (files.size()) {
            case 0 -> Optional.empty();
            case 1 ->
                Optional.of("this project brings " + files.getFirst()
                        + ", which nobody trusted yet; it is not used. Look at it, then use --trust for one run, or"
                        + " answer yes in the terminal");
            default ->
                Optional.of("this project brings " + files.size() + " files in " + places(files)
                        + " that nobody trusted yet; they are not used. Look at them, then use --trust for one run, or"
                        + " answer yes in the terminal");
        };
    }

    private static String places(List<String> files) {
        return PLACES.stream()
                .filter(place -> files.stream().anyMatch(file -> file.startsWith(place) || place.startsWith(file)))
                .collect(Collectors.joining(" or "));
    }

    /** Keys in a settings file that others than its owner may read. */
    public static Optional<String> readableKeys(Path settings) throws ConfigException {
        boolean keys = SettingsFile.read(settings).keySet().stream().anyMatch(key -> key.startsWith("api-key."));
        return keys && openToOthers(settings)
                ? Optional.of("the settings file " + settings
                        + " holds an API key and is open to others than you. Close it:" + " chmod 600 " + settings)
                : Optional.empty();
    }

    /** False also where files have no such modes. */
    private static boolean openToOthers(Path file) throws ConfigException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            return view != null
                    && view.readAttributes().permissions().stream()
                            .anyMatch(each -> !each.name().startsWith("OWNER_"));
        } catch (IOException e) {
            throw new ConfigException("the settings file cannot be looked at: " + FileFaults.inWords(e), e);
        }
    }
}
