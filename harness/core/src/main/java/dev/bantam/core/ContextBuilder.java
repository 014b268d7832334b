package dev.bantam.core;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.api.ToolContext;
import dev.bantam.api.ToolResult;
import dev.bantam.api.ToolSpec;
import dev.bantam.api.Usage;
import dev.bantam.core.context.Clip;
import dev.bantam.core.context.Compaction;
import dev.bantam.core.context.ContextMeter;
import dev.bantam.core.context.Window;
import dev.bantam.core.dispatch.ToolBox;
import java.util.List;
import java.util.Optional;

/** Builds each request from the session's fixed beginning and its conversation, and sees to it that it fits. */
final class ContextBuilder {
    private static final String LEFT_OUT =
            "[… %d characters left out to fit the context window; ask for a part of it …]";

    private final ChatModel model;
    private final String system;
    private final ToolBox tools;
    private final ToolContext toolContext;
    private final Conversation conversation;
    private final Journal journal;
    private final ContextMeter meter;
    private AskOptions options;

    ContextBuilder(
            ChatModel model,
            String system,
            ToolBox tools,
            ToolContext toolContext,
            Conversation conversation,
            Journal journal,
            AskOptions options) {
        this.model = model;
        this.system = system;
        this.tools = tools;
        this.toolContext = toolContext;
        this.conversation = conversation;
        this.journal = journal;
        this.options = options;
        this.meter = new ContextMeter(model);
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
        List<ToolSpec> specs = model.info().profile().listTools() ? tools.specs() : List.of();
        ChatRequest.Options asked =
                new ChatRequest.Options(options.thinking(), options.temperature(), options.seed(), window().reply());
        return new ChatRequest(system, specs, conversation.messages(), asked, tools.constraints(toolContext), false);
    }

    /** The next request, after a compaction if it would not fit otherwise. */
    ChatRequest withRoom() throws FullException, InterruptedException {
        ChatRequest request = request();
        int count = meter.count(request);
        if (count <= window().prompt()) {
            return request;
        }
        if (!compact()) {
            throw new FullException(floor(request, count));
        }
        return request();
    }

    /** Compacts the conversation now; false when that would gain too little. */
    boolean compact() throws InterruptedException {
        Compaction compaction = new Compaction(model, conversation.ledger(), window());
        Optional<Compaction.Compacted> made = compaction.compact(request(), meter::count);
        made.ifPresent(compacted -> {
            Event.Compacted event = new Event.Compacted(
                    journal.now(), journal.turn(), compacted.beforeTokens(), compacted.afterTokens());
            conversation.replace(event, compacted.messages());
            journal.tell(event);
        });
        return made.isPresent();
    }

    void observe(ChatRequest request, Usage usage) {
        meter.observe(request, usage);
    }

    void thinking(ThinkingLevel level) {
        options = new AskOptions(level, options.temperature(), options.seed(), options.maxOutputTokens());
    }

    /** Tokens that the next request would cost as things stand. */
    int used() {
        return meter.count(request());
    }

    /** As the model is loaded now: some servers tell its real size only after the first reply. */
    private Window window() {
        return Window.of(model.info().contextWindow(), options.maxOutputTokens());
    }

    /** The result, shortened if it would fill the window by itself. */
    ToolResult clip(ToolResult result) {
        int limit = window().result(Math.min(meter.count(request()), window().prompt()));
        String clipped = Clip.middle(result.content(), limit, model::countTokens, LEFT_OUT);
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
