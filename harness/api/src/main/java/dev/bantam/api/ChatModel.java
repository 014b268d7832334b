package dev.bantam.api;

/**
 * Asks a model for replies. One conversation at a time: {@link #reply} is called by one thread at once.
 *
 * <p>A model keeps what it has read (its own KV cache, or its server's) and reads of a request only what the one before
 * did not have.
 */
public interface ChatModel extends AutoCloseable {
    ModelInfo info();

    /**
     * Asks for one reply and waits for its end, however long that takes: a local model may read for many minutes.
     * Interruption of the thread ends the reply mid-stream, at the server too.
     *
     * @throws ModelException when there is no reply; it says whether asking again can help
     */
    Reply reply(ChatRequest request, ReplyListener listener) throws ModelException, InterruptedException;

    /**
     * Reads ahead what the next request will begin with, so that the reply can begin sooner; nothing where a model does
     * that not. Interruption ends it, and what was read stays.
     *
     * @param request the conversation as it stands, without what is about to be said
     */
    default void readAhead(ChatRequest request) throws InterruptedException {}

    /**
     * How many tokens a text costs: exact with the model's own tokenizer, an estimate that errs to the high side
     * without it.
     */
    int countTokens(String text);

    /**
     * How many tokens a whole request costs, its reply not included: exact where the model runs in this process.
     * The default adds up texts with some tokens for each message.
     */
    default int countTokens(ChatRequest request) {
        int count = countTokens(request.system());
        for (ToolSpec tool : request.tools()) {
            count += 12
                    + countTokens(
                            tool.name() + tool.description() + tool.parameters().toJsonSchema());
        }
        for (Message message : request.messages()) {
            count += 6 + countTokens(message);
        }
        return count;
    }

    /** How many tokens a message costs, its role's marks not included. */
    default int countTokens(Message message) {
        return switch (message) {
            case Message.User user -> countTokens(user.text());
            case Message.Assistant assistant ->
                countTokens(assistant.thinking() + assistant.text())
                        + assistant.toolCalls().stream()
                                .mapToInt(call -> 8
                                        + countTokens(
                                                call.tool() + call.arguments().values()))
                                .sum();
            case Message.ToolReply reply -> countTokens(reply.text());
        };
    }

    @Override
    void close();
}
