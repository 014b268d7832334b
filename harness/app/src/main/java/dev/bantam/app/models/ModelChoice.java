package dev.bantam.app.models;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ModelException;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Places;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import dev.bantam.model.ModelOptions;
import dev.bantam.model.ModelRef;
import dev.bantam.model.RemoteModels;
import dev.bantam.model.discovery.Discovery;
import dev.bantam.model.discovery.Found;
import dev.bantam.model.local.Box;
import dev.bantam.model.local.LocalModels;
import dev.bantam.model.local.LocalOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which model a run uses: the one that is named, else one that runs or lies on this machine, else the small one in the
 * box; never one in a cloud by itself.
 */
public final class ModelChoice {
    private static final Map<String, dev.bantam.api.Setting<String>> KEYS = Map.of(
            "OPENAI_API_KEY", AppSettings.OPENAI_KEY,
            "ANTHROPIC_API_KEY", AppSettings.ANTHROPIC_KEY,
            "OPENROUTER_API_KEY", AppSettings.OPENROUTER_KEY);

    private final Settings settings;
    private final Places places;
    private final Map<String, String> environment;
    private boolean keepsPrefixes;

    public ModelChoice(Settings settings, Places places, Map<String, String> environment) {
        this.settings = settings;
        this.places = places;
        this.environment = environment;
    }

    /** Whether what a model in this process reads of its system prompt may be kept for the next start. */
    public void keepPrefixes(boolean keep) {
        keepsPrefixes = keep;
    }

    /**
     * A model that is ready.
     *
     * @param thinking the level that was put behind its name
     * @param notice what to tell a user who did not choose it
     */
    public record Chosen(ChatModel model, Optional<ThinkingLevel> thinking, Optional<String> notice) {}

    /** Asks the person which of several models to take; empty for the one in the box. */
    public interface Question {
        Optional<Found> which(List<Found> found);
    }

    public Chosen open(Question question) throws ConfigException, ModelException, InterruptedException {
        String named = settings.get(AppSettings.MODEL);
        if (named != null) {
            ModelRef ref = parse(named);
            return new Chosen(open(ref, named), ref.thinking(), Optional.empty());
        }
        if (settings.get(AppSettings.BASE_URL) != null) {
            throw new ConfigException("--base-url needs a model beside it, such as -m openai/ID");
        }
        List<String> skipped = new ArrayList<>();
        List<Found> found = settings.get(AppSettings.DISCOVER) ? discovered() : List.of();
        Optional<Found> wanted = found.isEmpty() ? Optional.empty() : question.which(found);
        if (wanted.isPresent()) {
            String ref = wanted.get().ref();
            try {
                ChatModel model = open(parse(ref), ref);
                return new Chosen(
                        model,
                        Optional.empty(),
                        Optional.of("using " + ref + " (" + wanted.get().description() + "); choose another with -m"));
            } catch (ModelException e) {
                skipped.add(ref + " was found but cannot be used: " + e.getMessage());
            }
        }
        ChatModel box = open(new ModelRef.Local("tiny-agent", Optional.empty()), Box.REF);
        skipped.add(box.info().profile().introduction().orElse(""));
        return new Chosen(box, Optional.empty(), Optional.of(String.join("\n", skipped)));
    }

    /** What runs or lies on this machine; only loopback addresses are asked. */
    public List<Found> discovered() throws InterruptedException {
        return Discovery.usual(this::variable).find();
    }

    private ModelRef parse(String named) throws ConfigException {
        try {
            return ModelRef.parse(named, places.home());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private ChatModel open(ModelRef ref, String named) throws ModelException, InterruptedException {
        OptionalInt context =
                settings.find(AppSettings.CONTEXT).map(OptionalInt::of).orElse(OptionalInt.empty());
        return switch (ref) {
            case ModelRef.OnServer server -> RemoteModels.open(server, options(context));
            case ModelRef.Script script -> RemoteModels.open(script, options(context));
            case ModelRef.File file -> LocalModels.open(named, file.path(), inProcess(context));
            case ModelRef.Local local -> LocalModels.open(named, new ModelFiles(places).of(local), inProcess(context));
        };
    }

    private LocalOptions inProcess(OptionalInt context) {
        return LocalOptions.usual()
                .withContext(context)
                .withMask(settings.get(AppSettings.MASK))
                .withLiveConstraints(settings.get(AppSettings.LIVE_CONSTRAINTS))
                .withLookup(settings.get(AppSettings.PROMPT_LOOKUP))
                .withPrefixes(
                        keepsPrefixes && settings.get(AppSettings.WARM_START)
                                ? Optional.of(places.prefixes())
                                : Optional.empty());
    }

    private ModelOptions options(OptionalInt context) {
        ModelOptions options =
                ModelOptions.usual().withSettings(this::variable).withOffline(settings.get(AppSettings.LOCAL_ONLY));
        if (settings.get(AppSettings.BASE_URL) != null) {
            options = options.withBaseUrl(settings.get(AppSettings.BASE_URL));
        }
        return context.isPresent() ? options.withContextTokens(context.getAsInt()) : options;
    }

    private Optional<String> variable(String name) {
        Optional<String> set = Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
        return KEYS.containsKey(name) ? set.or(() -> settings.find(KEYS.get(name))) : set;
    }
}
