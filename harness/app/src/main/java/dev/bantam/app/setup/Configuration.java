package dev.bantam.app.setup;

import dev.bantam.api.Extension;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.core.hooks.Extensions;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import dev.bantam.core.settings.SettingsFile;
import dev.bantam.core.trust.ProjectInputs;
import dev.bantam.core.trust.TrustStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is to be: its workspace, its settings from all sources, its extensions.
 *
 * @param workspace absolute, links resolved
 * @param trusted files by which the project changes how Bantam behaves, by name, as they were looked at
 * @param untrusted files of the project that were left out because nobody trusted them
 */
public record Configuration(
        Path workspace,
        Settings settings,
        List<Extension> extensions,
        Places places,
        Map<String, byte[]> trusted,
        List<String> untrusted) {
    private static final String PROJECT_SETTINGS = ".bantam/settings.json";

    public static Configuration of(RunOptions options, Invocation invocation) throws ConfigException {
        Places places = Places.of(invocation.environment());
        Path workspace = workspace(options, invocation);
        Extensions found = Extensions.find(places.extensions());
        Settings settings = Settings.declare(AppSettings.with(found.all()))
                .with(places.settings().toString(), SettingsFile.read(places.settings()));
        ProjectInputs inputs = inputs(workspace);
        boolean trusted = options.trust || trusted(places, workspace, inputs);
        Optional<byte[]> brought = trusted ? inputs.content(PROJECT_SETTINGS) : Optional.empty();
        if (brought.isPresent()) {
            String file = workspace.resolve(PROJECT_SETTINGS).toString();
            Map<String, Object> values = SettingsFile.parse(file, brought.get());
            checkServer(file, values.get(AppSettings.BASE_URL.key()));
            settings = settings.withProject(file, values);
        }
        settings = withFlags(settings, options);
        List<String> chosen = new ArrayList<>(texts(settings, AppSettings.EXTENSIONS));
        chosen.addAll(options.extensions);
        List<Extension> extensions = found.choose(chosen);
        checkOptions(options, extensions);
        Configuration configuration = new Configuration(
                workspace,
                settings,
                extensions,
                places,
                trusted ? inputs.contents() : Map.of(),
                trusted ? List.of() : inputs.files());
        configuration.thinking(); // a wrong word is said before a model is opened
        return configuration;
    }

    /** How long the model may think, if a setting says so. */
    public Optional<ThinkingLevel> thinking() throws ConfigException {
        try {
            return settings.find(AppSettings.THINKING).map(ThinkingLevel::parse);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    /** A project may name a server on this machine. Another one could be given the user's keys and files. */
    private static void checkServer(String file, Object address) throws ConfigException {
        if (address instanceof String url && !url.matches("https?://(127\\.[\\d.]+|localhost|\\[::1])(:\\d+)?(/.*)?")) {
            throw new ConfigException(file + ": a project cannot set \"" + AppSettings.BASE_URL.key() + "\" to " + url
                    + ", which is not on this machine. If you want that, put it into your own settings file");
        }
    }

    /** The values of a setting that is a list of texts. */
    public static List<String> texts(
            Settings settings, @SuppressWarnings("rawtypes") dev.bantam.api.Setting<List> setting) {
        List<?> values = settings.get(setting);
        return values.stream().map(String.class::cast).toList();
    }

    private static Settings withFlags(Settings settings, RunOptions options) throws ConfigException {
        Settings merged = settings;
        for (Map.Entry<String, String> entry : options.set.entrySet()) {
            merged = merged.withText("--set", entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, Object> entry : new LinkedHashMap<>(options.asSettings()).entrySet()) {
            merged = merged.with("the command line", Map.of(entry.getKey(), entry.getValue()));
        }
        return merged;
    }

    private static void checkOptions(RunOptions options, List<Extension> extensions) throws ConfigException {
        if (options.maxTurns != null) {
            if (options.maxTurns < 1) {
                throw new ConfigException("--max-turns must be at least 1, not " + options.maxTurns);
            }
            checkOn("--max-turns", "turn-cap", extensions);
        }
        if (options.plan != null && !options.plan.equals("off")) {
            checkOn("--plan", "plan-act", extensions);
        }
    }

    /** An option that nobody would heed is refused. */
    private static void checkOn(String option, String name, List<Extension> extensions) throws ConfigException {
        if (extensions.stream().noneMatch(extension -> extension.name().equals(name))) {
            throw new ConfigException(option + " needs the extension " + name + ", which is switched off. Leave "
                    + option + " out, or switch it on with --ext +" + name);
        }
    }

    private static Path workspace(RunOptions options, Invocation invocation) throws ConfigException {
        Path wanted = options.cwd == null ? invocation.cwd() : invocation.cwd().resolve(options.cwd);
        if (!Files.isDirectory(wanted)) {
            throw new ConfigException("the workspace " + wanted
                    + (Files.exists(wanted) ? " is not a folder" : " does not exist") + ". Name a folder with -C");
        }
        try {
            return wanted.toRealPath();
        } catch (IOException e) {
            throw new ConfigException("the workspace " + wanted + " cannot be used: " + FileFaults.inWords(e), e);
        }
    }

    private static ProjectInputs inputs(Path workspace) throws ConfigException {
        try {
            return ProjectInputs.of(workspace);
        } catch (IOException e) {
            throw new ConfigException("the project's settings cannot be looked at: " + FileFaults.inWords(e), e);
        }
    }

    private static boolean trusted(Places places, Path workspace, ProjectInputs inputs) throws ConfigException {
        try {
            return !inputs.none() && new TrustStore(places.trust()).trusts(workspace, inputs);
        } catch (IOException e) {
            throw new ConfigException(FileFaults.inWords(e), e);
        }
    }
}
