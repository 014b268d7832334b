package dev.bantam.core;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.EventListener;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Part;
import dev.bantam.api.SlashCommand;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.Tool;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.core.dispatch.ToolBox;
import dev.bantam.core.dispatch.ToolDispatcher;
import dev.bantam.core.hooks.HookRunner;
import dev.bantam.core.session.Recorded;
import dev.bantam.core.session.SessionLog;
import dev.bantam.core.session.Transcript;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A session's agent: everything wired, ready for prompts. Its methods are called by one thread, but for
 * {@link #inbox()}, which any thread may fill, and cancellation, which is an interruption of that one thread.
 */
public final class Agent {
    private final TurnLoop loop;
    private final ContextBuilder context;
    private final HookRunner hooks;
    private final Journal journal;
    private final Inbox inbox = new Inbox();

    private Agent(Setup setup) {
        this.journal = new Journal(setup.clock(), setup.log(), setup.listener());
        this.hooks = setup.hooks().apply(journal::decided);
        journal.watchedBy(hooks);
        Transcript earlier = setup.earlier().orElse(new Transcript(null, List.of(), List.of()));
        boolean begun = earlier.system() != null;
        String system = begun ? earlier.system() : hooks.rewritePrompt(setup.systemPrompt());
        Conversation conversation =
                new Conversation(setup.log(), setup.clock(), earlier.messages(), earlier.everything());
        ToolBox tools = new ToolBox(setup.tools());
        Asker asker = new Asker(setup.model(), setup.retries(), journal, hooks);
        this.context = new ContextBuilder(
                setup.model(),
                system,
                tools,
                setup.toolContext(),
                conversation,
                journal,
                asker,
                setup.options(),
                hooks::carried);
        ToolDispatcher dispatcher = new ToolDispatcher(tools, hooks, setup.toolContext(), new Told());
        this.loop = new TurnLoop(conversation, context, asker, dispatcher, hooks, inbox, journal);
        journal.tell(new Event.SessionStarted(
                journal.now(),
                setup.sessionId(),
                setup.toolContext().workspace().root().toString(),
                setup.model().info().ref(),
                setup.toolContext().sandbox().kind(),
                hooks.names()));
        if (!begun) {
            setup.log().append(Recorded.context(journal.now(), system));
        }
        conversation.begin();
    }

    /**
     * All that an agent is made of.
     *
     * @param tools those of the extensions included
     * @param hooks makes the hook runner, given whom to tell decisions to
     * @param systemPrompt used when the session is new
     * @param earlier of a resumed session
     */
    public record Setup(
            String sessionId,
            ChatModel model,
            List<Tool> tools,
            ToolContext toolContext,
            Function<HookRunner.Decisions, HookRunner> hooks,
            String systemPrompt,
            Optional<Transcript> earlier,
            SessionLog log,
            AskOptions options,
            Retries retries,
            Clock clock,
            EventListener listener) {
        public Setup {
            tools = List.copyOf(tools);
        }
    }

    /** Starts a session, or takes one up again. Emits {@code session_started}. */
    public static Agent start(Setup setup) {
        return new Agent(setup);
    }

    /** Runs one prompt to its end. Interruption of the thread cancels. Emits {@code run_finished} in every case. */
    public Event.RunFinished run(List<Part> prompt) {
        List<Part> read = prompt.stream().map(this::rewritten).toList();
        return loop.run(new Message.User(read, Message.Origin.USER));
    }

    private Part rewritten(Part part) {
        return part instanceof Part.Text text ? new Part.Text(hooks.rewritePrompt(text.text())) : part;
    }

    /** Tells a decision that an extension made by itself. */
    public void decided(String extension, String kind, String verdict, String reason) {
        journal.decided(extension, kind, verdict, reason);
    }

    /** Ends what the extensions started. The agent is of no use afterwards. */
    public void close() {
        hooks.close();
    }

    public Inbox inbox() {
        return inbox;
    }

    /** Commands that extensions bring for the prompt. */
    public List<SlashCommand> commands() {
        return hooks.commands();
    }

    /** Changes how long the model may think, from the next request on. */
    public void thinking(ThinkingLevel level) {
        context.thinking(level);
    }

    /** How long the model may think now. */
    public ThinkingLevel thinking() {
        return context.thinking();
    }

    /** Compacts now; false when there is too little to gain. */
    public boolean compact() throws ModelException, InterruptedException {
        return context.compact();
    }

    /** What the model will be asked next, but for what is about to be said. */
    public ChatRequest nextRequest() {
        return context.request();
    }

    /** Tokens that the next request would cost, without what the person says in it. */
    public int contextUsed() {
        return context.used();
    }

    /** Passes on what the dispatcher tells. */
    private final class Told implements ToolDispatcher.Listener {
        @Override
        public void started(Part.ToolCall call) {
            journal.tell(new Event.ToolStarted(journal.now(), journal.turn(), call));
        }

        @Override
        public void finished(Part.ToolCall call, ToolResult result, Duration took) {
            loop.finished(call, result, took.toMillis());
        }

        @Override
        public void mapped(String sentence) {
            journal.decided("harness", "call", "mapped", sentence);
        }
    }
}
