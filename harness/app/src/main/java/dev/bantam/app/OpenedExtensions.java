package dev.bantam.app;

import dev.bantam.api.ChatModel;
import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Message;
import dev.bantam.api.Person;
import dev.bantam.api.Sandbox;
import dev.bantam.api.Skills;
import dev.bantam.api.Tool;
import dev.bantam.api.Workspace;
import dev.bantam.app.sessions.SessionChoice;
import dev.bantam.app.sessions.SessionContext;
import dev.bantam.app.sessions.SessionData;
import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Configuration;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.session.Transcript;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The extensions of one session: opened, in their order, with the tools that the session then has. */
final class OpenedExtensions {
    private final List<HookRunner.Named> hooks = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final EarlyDecisions early = new EarlyDecisions();

    /** What extensions are opened in. */
    record Surroundings(
            Configuration configuration,
            Skills skills,
            SessionChoice.Chosen session,
            SessionData data,
            ChatModel model,
            Workspace workspace,
            Sandbox sandbox,
            Optional<Person> person) {}

    /**
     * Opens the configured ones; those already open are closed when one fails.
     *
     * @param standard the tools that are there without any extension
     */
    static OpenedExtensions open(Surroundings in, List<Tool> standard) throws ConfigException {
        OpenedExtensions opened = new OpenedExtensions();
        try {
            Settings settings = opened.settings(in);
            for (Extension extension : in.configuration().extensions()) {
                SessionContext context = opened.context(extension, in, settings);
                opened.hooks.add(new HookRunner.Named(extension.name(), started(extension, context, extension::open)));
            }
            opened.tools.addAll(standard);
            opened.tools.addAll(opened.brought());
            HookRunner runner = new HookRunner(opened.hooks, opened.early::decided);
            opened.tools.removeIf(tool -> !runner.offers(tool.spec()));
            return opened;
        } catch (ConfigException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private SessionContext context(Extension extension, Surroundings in, Settings settings) {
        Configuration configuration = in.configuration();
        List<Message> earlier =
                in.session().earlier().map(Transcript::everything).orElse(List.of());
        return new SessionContext(
                extension.name(),
                in.session().id(),
                in.model(),
                in.workspace(),
                settings,
                configuration.places(),
                in.data(),
                configuration.trusted(),
                in.skills(),
                earlier,
                in.sandbox(),
                in.person(),
                settings.get(AppSettings.LOCAL_ONLY),
                () -> tools.stream().map(Tool::spec).toList(),
                early::decided);
    }

    /** The run's settings, and below them what extensions say that fits the model. */
    private Settings settings(Surroundings in) throws ConfigException {
        Settings settings = in.configuration().settings();
        for (Extension extension : in.configuration().extensions()) {
            SessionContext context = context(extension, in, settings);
            Map<String, Object> defaults = started(extension, context, extension::defaults);
            settings = settings.withDefaults("the extension " + extension.name(), defaults);
        }
        return settings;
    }

    private static <T> T started(Extension extension, SessionContext context, Function<ExtensionContext, T> start)
            throws ConfigException {
        try {
            return start.apply(context);
        } catch (IllegalArgumentException e) { // a setting of its own is out of range
            throw new ConfigException(e.getMessage(), e);
        } catch (UncheckedIOException e) { // no reason to do without it
            throw new ConfigException(
                    "the extension " + extension.name() + " cannot start: " + e.getMessage()
                            + ". See to it that it can be written, or set XDG_DATA_HOME to another folder",
                    e);
        } catch (RuntimeException | LinkageError e) {
            throw new ConfigException(
                    "the extension " + extension.name() + " cannot start: " + e.getMessage() + ". Without it: --ext -"
                            + extension.name(),
                    e);
        }
    }

    private List<Tool> brought() throws ConfigException {
        List<String> faults = new ArrayList<>();
        List<Tool> brought = new HookRunner(
                        hooks,
                        (extension, kind, verdict, reason) -> faults.add("the extension " + extension
                                + " failed to bring its tools: " + reason + ". Without it: --ext -" + extension))
                .tools();
        if (!faults.isEmpty()) {
            throw new ConfigException(faults.getFirst());
        }
        return brought;
    }

    /** All that the model may be offered; the session may keep fewer of them. */
    List<Tool> tools() {
        return tools;
    }

    /** Their runner, which tells decisions. */
    HookRunner runner(HookRunner.Decisions decisions) {
        return new HookRunner(hooks, decisions);
    }

    /** Lets what extensions decide by themselves be told, what they decided until now first. */
    void tellTo(HookRunner.Decisions decisions) {
        early.tellTo(decisions);
    }

    /** For a session that does not come about: an agent closes the extensions that it has. */
    void close() {
        runner((extension, kind, verdict, reason) -> {}).close();
    }
}
