package dev.bantam.core;

import dev.bantam.api.Arguments;
import dev.bantam.api.ChatModel;
import dev.bantam.api.Event;
import dev.bantam.api.Hooks;
import dev.bantam.api.Part;
import dev.bantam.api.Schema;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Workspace;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.session.SessionFile;
import dev.bantam.core.session.SessionLog;
import dev.bantam.core.session.SessionTree;
import dev.bantam.core.session.Transcript;
import dev.bantam.testkit.FakeSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** An agent on a scripted model, with two tools that do what the test says. */
final class Rig {
    final List<Event> events = new ArrayList<>();
    final List<Arguments> echoed = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    private final ChatModel model;
    private final List<HookRunner.Named> hooks = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private SessionLog log = SessionLog.forgetful();
    private Optional<Transcript> earlier = Optional.empty();
    private Function<Arguments, ToolResult> echo = arguments -> new ToolResult.Done("echo " + arguments.values());
    private String system = "You are a test.";
    private Clock clock = Clock.systemUTC();
    private Agent agent;

    Rig(ChatModel model) {
        this.model = model;
        tools.add(tool(
                ToolSpec.of("echo", "Echoes.", Schema.Field.required("text", Schema.TEXT, "", "message"))
                        .alsoKnownAs("say"),
                true));
        tools.add(tool(ToolSpec.of("poke", "Pokes.", Schema.Field.optional("times", Schema.WHOLE, "")), false));
    }

    Rig with(Hooks extension) {
        hooks.add(new HookRunner.Named("ext-" + (hooks.size() + 1), extension));
        return this;
    }

    Rig echoing(Function<Arguments, ToolResult> answer) {
        echo = answer;
        return this;
    }

    Rig system(String text) {
        system = text;
        return this;
    }

    Rig at(Clock other) {
        clock = other;
        return this;
    }

    Rig recording(Path file) throws IOException {
        log = SessionFile.create(file);
        return this;
    }

    Rig resuming(Path file) throws IOException {
        SessionTree tree = SessionTree.read(file);
        earlier = Optional.of(Transcript.of(tree));
        log = SessionFile.reopen(tree);
        return this;
    }

    Agent agent() {
        if (agent == null) {
            AskOptions options =
                    new AskOptions(ThinkingLevel.MODEL_DEFAULT, OptionalDouble.empty(), OptionalLong.empty(), 4_096);
            Retries retries = new Retries(4, Duration.ofSeconds(1), Duration.ofMinutes(1), pauses::add);
            ToolContext context = new ToolContext(new Somewhere(), new FakeSandbox(), Path.of("scratch"));
            agent = Agent.start(new Agent.Setup(
                    "test",
                    model,
                    tools,
                    context,
                    decisions -> new HookRunner(hooks, decisions),
                    system,
                    earlier,
                    log,
                    options,
                    retries,
                    clock,
                    events::add));
        }
        return agent;
    }

    Event.RunFinished run(String prompt) {
        return agent().run(List.of(new Part.Text(prompt)));
    }

    void close() {
        log.close();
    }

    <T extends Event> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private Tool tool(ToolSpec spec, boolean readOnly) {
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public boolean readOnly() {
                return readOnly;
            }

            @Override
            public ToolResult run(Arguments arguments, ToolContext context) {
                synchronized (echoed) {
                    echoed.add(arguments);
                }
                return echo.apply(arguments);
            }
        };
    }

    private static final class Somewhere implements Workspace {
        @Override
        public Path root() {
            return Path.of("/somewhere");
        }

        @Override
        public Path resolve(String name) {
            return root().resolve(name);
        }
    }
}
