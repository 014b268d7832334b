package dev.bantam.app;

import dev.bantam.api.ChatModel;
import dev.bantam.api.EventListener;
import dev.bantam.api.ModelProfile;
import dev.bantam.api.Person;
import dev.bantam.api.Sandbox;
import dev.bantam.api.Skills;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.app.models.ModelChoice;
import dev.bantam.app.sandbox.NoSandbox;
import dev.bantam.app.sandbox.SandboxChoice;
import dev.bantam.app.sessions.Scratch;
import dev.bantam.app.sessions.SessionChoice;
import dev.bantam.app.sessions.SessionData;
import dev.bantam.app.setup.AppSettings;
import dev.bantam.app.setup.Configuration;
import dev.bantam.core.Agent;
import dev.bantam.core.AskOptions;
import dev.bantam.core.Retries;
import dev.bantam.core.context.ProjectInstructions;
import dev.bantam.core.context.SystemPrompt;
import dev.bantam.core.session.SessionLog;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import dev.bantam.skills.Library;
import dev.bantam.tools.LocalWorkspace;
import dev.bantam.tools.Tools;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A session with everything in it: constructs the agent, and ends what was started for it. */
final class Wiring implements AutoCloseable {
    private static final int USUAL_REPLY = 8_192;
    private static final int INSTRUCTIONS_SHARE = 8;

    private final Agent agent;
    private final ChatModel model;
    private final Sandbox sandbox;
    private final SessionChoice.Chosen session;
    private final Skills skills;
    private final SessionLog log;
    private final LocalWorkspace workspace;
    private final SessionData data;
    private final Scratch scratch;

    private Wiring(
            Agent agent,
            ChatModel model,
            Sandbox sandbox,
            SessionChoice.Chosen session,
            Skills skills,
            SessionLog log,
            LocalWorkspace workspace,
            SessionData data,
            Scratch scratch) {
        this.agent = agent;
        this.model = model;
        this.sandbox = sandbox;
        this.session = session;
        this.skills = skills;
        this.log = log;
        this.workspace = workspace;
        this.data = data;
        this.scratch = scratch;
    }

    /**
     * Starts the agent.
     *
     * @param chosen owned from here on
     * @param person who can be asked during a run
     */
    static Wiring start(
            Configuration configuration,
            ModelChoice.Chosen chosen,
            SandboxChoice sandbox,
            SessionSource source,
            EventListener listener,
            Optional<Person> person)
            throws ConfigException, IOException {
        Deque<Runnable> undo = new ArrayDeque<>();
        undo.push(chosen.model()::close);
        try {
            return start(configuration, chosen, source.choose(), sandbox, listener, person, undo);
        } catch (ConfigException | IOException | RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    /** Chooses the session; asked once there is a model. */
    @FunctionalInterface
    interface SessionSource {
        SessionChoice.Chosen choose() throws ConfigException, IOException;
    }

    private static Wiring start(
            Configuration configuration,
            ModelChoice.Chosen chosen,
            SessionChoice.Chosen session,
            SandboxChoice wanted,
            EventListener listener,
            Optional<Person> person,
            Deque<Runnable> undo)
            throws ConfigException, IOException {
        ChatModel model = chosen.model();
        ModelProfile profile = model.info().profile();
        LocalWorkspace workspace = LocalWorkspace.at(configuration.workspace());
        Scratch scratch = Scratch.of(configuration.places().scratch(), session.id(), session.kept());
        SessionData data = SessionData.of(configuration.places().sessionData(), session);
        Skills skills = Library.of(configuration.places().skills(), configuration.trusted());
        Sandbox sandbox = wanted.open(scratch.folder());
        undo.push(sandbox::close);
        sandbox.prepare();
        OpenedExtensions extensions = OpenedExtensions.open(
                new OpenedExtensions.Surroundings(
                        configuration, skills, session, data, model, workspace, sandbox, person),
                Tools.standard());
        undo.push(extensions::close);
        List<Tool> all = extensions.tools();
        WantedTools.keep(all, Configuration.texts(configuration.settings(), AppSettings.TOOLS), profile);
        String systemPrompt = systemPrompt(configuration, model, all);
        AskOptions options = askOptions(configuration, chosen, profile);
        SessionLog log = session.file().open();
        undo.push(log::close);
        Agent agent = Agent.start(new Agent.Setup(
                session.id(),
                model,
                all,
                new ToolContext(workspace, sandbox, scratch.folder()),
                extensions::runner,
                systemPrompt,
                session.earlier(),
                log,
                options,
                Retries.STANDARD,
                Clock.systemUTC(),
                listener));
        extensions.tellTo(agent::decided);
        return new Wiring(agent, model, sandbox, session, skills, log, workspace, data, scratch);
    }

    private static String systemPrompt(Configuration configuration, ChatModel model, List<Tool> tools)
            throws IOException {
        return SystemPrompt.text(
                model.info().profile(),
                tools.stream().map(tool -> tool.spec().name()).toList(),
                configuration.workspace().toString(),
                ProjectInstructions.find(
                        configuration.workspace(), configuration.places().config()),
                model.info().contextWindow() / INSTRUCTIONS_SHARE,
                model::countTokens,
                configuration.settings().get(AppSettings.APPEND_SYSTEM_PROMPT));
    }

    private static AskOptions askOptions(Configuration configuration, ModelChoice.Chosen chosen, ModelProfile profile)
            throws ConfigException {
        Settings settings = configuration.settings();
        ThinkingLevel thinking = configuration.thinking().or(chosen::thinking).orElse(ThinkingLevel.MODEL_DEFAULT);
        return new AskOptions(
                thinking,
                settings.find(AppSettings.TEMPERATURE).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                settings.find(AppSettings.SEED)
                        .map(seed -> OptionalLong.of(seed))
                        .orElse(OptionalLong.empty()),
                settings.find(AppSettings.MAX_OUTPUT)
                        .orElse(profile.maxOutputTokens().orElse(USUAL_REPLY)));
    }

    Agent agent() {
        return agent;
    }

    ChatModel model() {
        return model;
    }

    LocalWorkspace workspace() {
        return workspace;
    }

    /** What could not be read of a resumed session, and which cards are left out. */
    List<String> problems() {
        Stream<String> ofSession =
                session.problems().stream().map(problem -> "session " + session.id() + ": " + problem);
        return Stream.concat(ofSession, skills.problems().stream()).toList();
    }

    /** Whether a command could not run for want of a sandbox. */
    boolean refusedCommands() {
        return sandbox instanceof NoSandbox none && none.hasRefused();
    }

    String sandboxKind() {
        return sandbox.kind();
    }

    @Override
    public void close() {
        agent.close();
        sandbox.close();
        data.close();
        scratch.close();
        log.close();
        model.close();
    }
}
