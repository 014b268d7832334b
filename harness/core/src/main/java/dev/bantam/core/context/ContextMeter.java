package dev.bantam.core.context;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.Usage;
import java.util.List;

/**
 * Counts what a request costs. Exactly, where the model counts its own tokens; otherwise from what the server said of
 * the last request, with an estimate for the messages that came after.
 */
public final class ContextMeter {
    private final ChatModel model;
    private List<Message> counted = List.of();
    private long tokens;

    public ContextMeter(ChatModel model) {
        this.model = model;
    }

    /** Tokens of the request's prompt. */
    public int count(ChatRequest request) {
        if (model.info().capabilities().exactTokens() || !extendsCounted(request.messages())) {
            return model.countTokens(request);
        }
        long count = tokens;
        for (Message message :
                request.messages().subList(counted.size(), request.messages().size())) {
            count += 6 + model.countTokens(message);
        }
        return Math.clamp(count, 0, Integer.MAX_VALUE);
    }

    /** Takes note of what a request really cost. The reply is counted as the server generated it. */
    public void observe(ChatRequest request, Usage usage) {
        if (usage.input() > 0) {
            counted = request.messages();
            tokens = usage.input();
        }
    }

    private boolean extendsCounted(List<Message> messages) {
        return !counted.isEmpty()
                && messages.size() >= counted.size()
                && messages.get(counted.size() - 1) == counted.getLast()
                && messages.getFirst() == counted.getFirst();
    }
}
