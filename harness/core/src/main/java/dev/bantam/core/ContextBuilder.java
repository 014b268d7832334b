package dev.bantam.core;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Hooks;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.Reply;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.Usage;
import dev.bantam.core.context.Clip;
import dev.bantam.core.context.Compaction;
import dev.bantam.core.context.Window;
import dev.bantam.core.dispatch.ToolBox;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Builds each request from the session's fixed beginning and its conversation, and sees to it that it fits. */
final class ContextBuilder {
    private static final String LEFT_OUT =
            "[… %d characters left out to fit the context window; ask for a part of it …]";

    private static final int SMALLEST_REPLY = 256;

    private final ChatModel model;
    private final String system;
    private final ToolBox tools;
    private final ToolContext toolContext;
    private final Conversation conversation;
    private final Journal journal;
    private final Asker asker;
    private final Supplier<List<Hooks.Carried>> carried;
    private AskOptions options;
    private Usage aside = Usage.NONE;
    private int cuts;
    private int resultTokens;
    private int resultsOpen;

    ContextBuilder(
            ChatModel model,
            String system,
            ToolBox tools,
            ToolContext toolContext,
            Conversation conversation,
            Journal journal,
            Asker asker,
            AskOptions options,
            Supplier<List<Hooks.Carried>> carried) {
        this.carried = carried;
        this.model = model;
        this.system = system;
        this.tools = tools;
        this.toolContext = toolContext;
        this.conversation = conversation;
        this.journal = journal;
        this.options = options;
        this.asker = asker;
    }

    /** There is no room for another request, and a compaction would not make enough. */
    static final class FullException extends Exception {
        private static final long serialVersionUID = 1L;

        FullException(String message) {
            super(message);
        }
    }

    /** The request as the conversation stands. */
    ChatRequest request() {
        ChatRequest.Options asked =
                new ChatRequest.Options(options.thinking(), options.temperature(), options.seed(), window().reply());
        return new ChatRequest(
                system,
                tools.specs(),
                conversation.messages(),
                asked,
                tools.constraints(toolContext),
                ChatRequest.Purpose.REPLY);
    }

    /** A prompt that does not fit by itself cannot be helped by any compaction. */
    void requireRoomFor(Message.User prompt) throws FullException {
        ChatRequest request = request();
        ChatRequest alone = new ChatRequest(system, request.tools(), List.of(prompt), request.options());
        int count = model.countTokens(alone);
        if (count > window().prompt()) {
            throw new FullException(floor(alone, count));
        }
    }

    /** The next request, after a compaction if it would not fit otherwise. */
    ChatRequest withRoom() throws FullException, ModelException, InterruptedException {
        ChatRequest request = request();
        int count = model.countTokens(request);
        if (count <= window().prompt()) {
            return request;
        }
        if (!compact()) {
            throw new FullException(floor(request, count));
        }
        return request();
    }

    /** Compacts the conversation now; false when that would gain too little. */
    boolean compact() throws ModelException, InterruptedException {
        Compaction compaction =
                new Compaction(model, conversation.ledger(), carried.get(), window(), this::askForSummary);
        Optional<Compaction.Compacted> made = compaction.compact(request());
        made.ifPresent(compacted -> {
            Event.Compacted event = new Event.Compacted(
                    journal.now(), journal.turn(), compacted.beforeTokens(), compacted.afterTokens());
            conversation.replace(event, compacted.messages());
            journal.tell(event);
        });
        return made.isPresent();
    }

    private Reply askForSummary(ChatRequest request) throws ModelException, InterruptedException {
        Reply reply = asker.askQuietly(request);
        aside = aside.plus(reply.usage());
        return reply;
    }

    /** What the harness's own questions cost since this was asked last. */
    Usage takeAsideUsage() {
        Usage taken = aside;
        aside = Usage.NONE;
        return taken;
    }

    /** Tokens that the next reply may have. */
    int replyLimit() {
        return window().reply();
    }

    /** So many replies in a row were cut by their limit. */
    void replyWasCut(int inARow) {
        cuts = inARow;
    }

    /** Whether a reply that ended can be taken up again. */
    boolean canTakeUp() {
        return model.info().capabilities().takeUp();
    }

    /** Whether the model understands guidance between turns. */
    boolean takesGuidance() {
        return model.info().profile().guidance();
    }

    ThinkingLevel thinking() {
        return options.thinking();
    }

    void thinking(ThinkingLevel level) {
        options = new AskOptions(level, options.temperature(), options.seed(), options.maxOutputTokens());
    }

    /** Tokens that the next request would cost as things stand. */
    int used() {
        return model.countTokens(request());
    }

    /** As the model is loaded now: some servers tell its real size only after the first reply. */
    private Window window() {
        int halvings = Math.max(0, cuts - 1); // the first cut may be bad luck; then ever less is spent on it
        int reply = Math.max(SMALLEST_REPLY, options.maxOutputTokens() >> halvings);
        return Window.of(model.info().contextWindow(), Math.min(reply, options.maxOutputTokens()));
    }

    /** So many results are about to come: they share what is left of the window. */
    void expectResults(int count) {
        resultTokens = window().results(Math.min(used(), window().prompt()));
        resultsOpen = count;
    }

    /** The result, shortened if it is longer than its share. What it leaves over goes to those that follow. */
    ToolResult clip(ToolResult result) {
        int share = resultTokens / Math.max(1, resultsOpen--);
        String clipped = Clip.middle(result.content(), share, model::countTokens, LEFT_OUT);
        resultTokens -= model.countTokens(clipped);
        return clipped.equals(result.content()) ? result : result.withContent(clipped);
    }

    private String floor(ChatRequest request, int count) {
        int systemTokens = model.countTokens(system);
        int toolTokens = model.countTokens(new ChatRequest("", request.tools(), List.of(), request.options()));
        return "the context window of " + window().tokens()
                + " tokens is full and compaction would not help: the request"
                + " needs " + count + " tokens (system prompt " + systemTokens + ", tools " + toolTokens
                + ", conversation " + Math.max(0, count - systemTokens - toolTokens) + ") and " + window().reply()
                + " are kept for the reply. "
                + model.info().windowMend().orElse("Use a model with a larger window, or a smaller task.");
    }
}
