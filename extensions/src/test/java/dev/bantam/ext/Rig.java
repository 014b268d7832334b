package dev.bantam.ext;

import dev.bantam.api.Event;
import dev.bantam.api.Extension;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolSpec;
import dev.bantam.core.Agent;
import dev.bantam.core.AskOptions;
import dev.bantam.core.Retries;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.session.SessionLog;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import dev.bantam.testkit.FakeSandbox;
import dev.bantam.testkit.ScriptedModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A whole agent on a scripted model, with extensions, real files in a folder, and a sandbox that runs nothing. */
public final class Rig {
    public final ScriptedModel model = new ScriptedModel();
    public final FakeSandbox sandbox = new FakeSandbox(line -> new FakeSandbox.Answer(0, "ran " + line));
    public final List<Event> events = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();
    private final List<HookRunner.Named> hooks = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final FolderWorkspace workspace;
    private List<Tool> tools = FileTools.all();
    private Agent agent;

    public Rig(Path folder) {
        this.workspace = new FolderWorkspace(folder);
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
        if (agent == null) {
            agent = start();
        }
        return agent.run(List.of(new Part.Text(prompt)));
    }

    private Agent start() {
        List<ToolSpec> specs = new ArrayList<>();
        TestContext context = new TestContext(model, workspace, specs, settings());
        extensions.forEach(extension -> hooks.add(new HookRunner.Named(extension.name(), extension.open(context))));
        List<Tool> all = new ArrayList<>(tools);
        hooks.forEach(each -> all.addAll(each.hooks().tools()));
        all.forEach(tool -> specs.add(tool.spec()));
        return Agent.start(new Agent.Setup(
                "test",
                model,
                all,
                new ToolContext(workspace, sandbox, workspace.root().resolve("../scratch")),
                decisions -> new HookRunner(hooks, decisions),
                "You are a test.",
                Optional.empty(),
                SessionLog.forgetful(),
                new AskOptions(ThinkingLevel.MODEL_DEFAULT, OptionalDouble.empty(), OptionalLong.empty(), 4_096),
                Retries.STANDARD,
                Clock.systemUTC(),
                events::add));
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
