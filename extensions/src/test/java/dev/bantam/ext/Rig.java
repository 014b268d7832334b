package dev.bantam.ext;

import dev.bantam.api.ChatModel;
import dev.bantam.api.Event;
import dev.bantam.api.Extension;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.Person;
import dev.bantam.api.Sandbox;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolSpec;
import dev.bantam.core.Agent;
import dev.bantam.core.AskOptions;
import dev.bantam.core.Retries;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.session.SessionLog;
import dev.bantam.core.session.Transcript;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import dev.bantam.testkit.FakeSandbox;
import dev.bantam.testkit.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** A whole agent on a scripted model, with extensions, real files in a folder, and a sandbox that runs nothing. */
public final class Rig {
    public final ScriptedModel model;
    public FakeSandbox sandbox = new FakeSandbox(line -> new FakeSandbox.Answer(0, "ran " + line));
    public final List<Event> events = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();
    private final List<HookRunner.Named> hooks = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, byte[]> projectFiles = new LinkedHashMap<>();
    private final FolderWorkspace workspace;
    private ChatModel answering;
    private Path folders;
    private String session = "test";
    private List<Message> earlier = List.of();
    private Optional<Person> person = Optional.empty();
    private boolean offline;
    private Optional<Sandbox> commands = Optional.empty();
    private List<Tool> tools = FileTools.all();
    private Agent agent;

    /** In a workspace; what extensions keep lies beside it, in {@code NAME-data}. */
    public Rig(Path folder) {
        this(folder, new ScriptedModel());
    }

    /** With a model of another window. */
    public Rig(Path folder, ScriptedModel model) {
        this.model = model;
        this.answering = model;
        this.workspace = new FolderWorkspace(folder);
        this.folders = workspace.root().resolveSibling(workspace.root().getFileName() + "-data");
    }

    /** Another model answers, and {@link #model} hears of nothing. */
    public Rig answeredBy(ChatModel other) {
        answering = other;
        return this;
    }

    /** What extensions keep lies here: give two rigs the same folder for two sessions of one user. */
    public Rig folders(Path shared) {
        folders = shared;
        return this;
    }

    /** The user's own settings lie in this folder; other files may be put there. */
    public Path configFolder() {
        return folders.resolve("config");
    }

    public Rig session(String id) {
        session = id;
        return this;
    }

    /** A session that is taken up again after this was said. */
    public Rig after(List<Message> messages) {
        earlier = List.copyOf(messages);
        return this;
    }

    /** Somebody sits at the terminal. */
    public Rig asking(Person somebody) {
        person = Optional.of(somebody);
        return this;
    }

    /** Commands run there, and not in {@link #sandbox}. */
    public Rig commandsIn(Sandbox other) {
        commands = Optional.of(other);
        return this;
    }

    /** Nothing may leave the machine. */
    public Rig offline() {
        offline = true;
        return this;
    }

    /** A file that the project brings and the user trusts, such as {@code .bantam/rules.md}. */
    public Rig trusted(String name, String content) {
        projectFiles.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Commands are answered by this one. */
    public Rig sandbox(FakeSandbox other) {
        sandbox = other;
        return this;
    }

    public Rig with(Extension extension) {
        extensions.add(extension);
        return this;
    }

    /** With hooks of the test's own. */
    public Rig with(String name, Hooks own) {
        hooks.add(new HookRunner.Named(name, own));
        return this;
    }

    public Rig set(String key, Object value) {
        values.put(key, value);
        return this;
    }

    public Rig tools(List<Tool> only) {
        tools = only;
        return this;
    }

    public Event.RunFinished run(String prompt) {
        return agent().run(List.of(new Part.Text(prompt)));
    }

    /** The agent, started. */
    public Agent agent() {
        if (agent == null) {
            agent = start();
        }
        return agent;
    }

    /** Ends the session. */
    public void close() {
        agent().close();
    }

    private Agent start() {
        List<ToolSpec> specs = new ArrayList<>();
        AtomicReference<Agent> started = new AtomicReference<>();
        HookRunner.Decisions decided =
                (name, kind, verdict, reason) -> started.get().decided(name, kind, verdict, reason);
        Settings settings = settings();
        for (Extension extension : extensions) {
            settings =
                    withDefaults(settings, extension, extension.defaults(context(extension, specs, settings, decided)));
        }
        for (Extension extension : extensions) {
            TestContext context = context(extension, specs, settings, decided);
            hooks.add(new HookRunner.Named(extension.name(), extension.open(context)));
        }
        List<Tool> all = new ArrayList<>(tools);
        hooks.forEach(each -> all.addAll(each.hooks().tools()));
        HookRunner runner = new HookRunner(hooks, (extension, kind, verdict, reason) -> {});
        all.removeIf(tool -> !runner.offers(tool.spec()));
        all.forEach(tool -> specs.add(tool.spec()));
        Optional<Transcript> transcript =
                earlier.isEmpty() ? Optional.empty() : Optional.of(new Transcript("You are a test.", earlier, earlier));
        started.set(Agent.start(new Agent.Setup(
                session,
                answering,
                all,
                new ToolContext(workspace, commands.orElse(sandbox), folders.resolve("scratch")),
                decisions -> new HookRunner(hooks, decisions),
                "You are a test.",
                transcript,
                SessionLog.forgetful(),
                new AskOptions(ThinkingLevel.MODEL_DEFAULT, OptionalDouble.empty(), OptionalLong.empty(), 4_096),
                Retries.STANDARD,
                Clock.systemUTC(),
                events::add)));
        return started.get();
    }

    private TestContext context(
            Extension extension, List<ToolSpec> specs, Settings settings, HookRunner.Decisions decisions) {
        return new TestContext(
                answering,
                workspace,
                specs,
                settings,
                folders,
                session,
                projectFiles,
                earlier,
                commands.orElse(sandbox),
                person,
                offline,
                decisions,
                extension.name());
    }

    private static Settings withDefaults(Settings settings, Extension extension, Map<String, Object> defaults) {
        try {
            return settings.withDefaults(extension.name(), defaults);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Settings settings() {
        try {
            return Settings.declare(extensions.stream()
                            .flatMap(extension -> extension.settings().stream())
                            .toList())
                    .with("test", values);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What the model read last. */
    public String lastRead() {
        return model.lastRequest().messages().getLast().text();
    }

    public List<Message> conversation() {
        return model.lastRequest().messages();
    }

    /** Every decision as {@code extension kind verdict}. */
    public List<String> decisions() {
        return events(Event.Decided.class).stream()
                .map(decided -> decided.extension() + " " + decided.kind() + " " + decided.verdict())
                .toList();
    }

    public <T extends Event> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
