package dev.bantam.core.hooks;

import dev.bantam.api.Extension;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Nearest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/** The extensions that there are: those on the class path and those in the user's folder, a jar each. */
public final class Extensions {
    private final Map<String, Extension> byName;

    private Extensions(Map<String, Extension> byName) {
        this.byName = byName;
    }

    /**
     * Finds them.
     *
     * @param folder of third-party jars; it need not exist
     * @throws ConfigException when a jar cannot be loaded, or two extensions have one name
     */
    public static Extensions find(Path folder) throws ConfigException {
        Map<String, Extension> byName = new LinkedHashMap<>();
        add(byName, Extensions.class.getClassLoader(), "the program");
        for (Path jar : jars(folder)) {
            add(byName, loaderOf(jar), jar.toString());
        }
        return new Extensions(byName);
    }

    public List<Extension> all() {
        return List.copyOf(byName.values());
    }

    /**
     * The extensions of a run, in order: those that the setting names first, in its order, then the others that are on
     * by default.
     *
     * @param words each a name, {@code +name} or {@code -name}; later ones win
     * @throws ConfigException for an unknown name
     */
    public List<Extension> choose(List<String> words) throws ConfigException {
        Set<String> on = new LinkedHashSet<>();
        Set<String> off = new LinkedHashSet<>();
        for (String word : words) {
            String name = word.replaceFirst("^[+-]", "").strip();
            if (!byName.containsKey(name)) {
                throw new ConfigException("there is no extension \"" + name + "\". There are: "
                        + String.join(", ", byName.keySet()) + "." + Nearest.hint(name, byName.keySet()));
            }
            (word.startsWith("-") ? on : off).remove(name);
            (word.startsWith("-") ? off : on).add(name);
        }
        byName.values().stream()
                .filter(extension -> extension.onByDefault() && !off.contains(extension.name()))
                .forEach(extension -> on.add(extension.name()));
        return on.stream().map(byName::get).toList();
    }

    private static List<Path> jars(Path folder) throws ConfigException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigException("the extensions' folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The loader lives as long as the program: classes of an extension are loaded when they are first used. */
    @SuppressWarnings("resource")
    private static ClassLoader loaderOf(Path jar) throws ConfigException {
        try {
            URL[] urls = {jar.toUri().toURL()};
            return new URLClassLoader(jar.getFileName().toString(), urls, Extensions.class.getClassLoader());
        } catch (IOException e) {
            throw new ConfigException("the extension " + jar + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static void add(Map<String, Extension> byName, ClassLoader loader, String origin) throws ConfigException {
        List<Extension> found = new ArrayList<>();
        try {
            ServiceLoader.load(Extension.class, loader).stream()
                    .filter(provider -> loader == Extensions.class.getClassLoader()
                            || provider.type().getClassLoader() == loader)
                    .forEach(provider -> found.add(provider.get()));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ConfigException(
                    "an extension of " + origin + " cannot be loaded: " + e.getMessage()
                            + ". Remove it, or use one made for this version",
                    e);
        }
        for (Extension extension : found) {
            if (byName.put(extension.name(), extension) != null) {
                throw new ConfigException(
                        "two extensions are named " + extension.name() + "; one of them comes from " + origin);
            }
        }
    }
}
