package dev.bantam.model.remote;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.ReplyListener;
import dev.bantam.model.server.Call;

/** A dialect: writes a request and reads the reply. Used by one thread at once. */
public interface Protocol {
    /**
     * Writes a request. Of two requests of a conversation the later one's tools and messages begin with the very bytes
     * of the earlier one's.
     *
     * @param window the loaded window, in tokens
     * @param maxOutputTokens what is left for the reply
     */
    Call call(ChatRequest request, int window, int maxOutputTokens);

    /** Reads the reply to one request. */
    ReplyReader reader(ChatRequest request, ReplyListener listener);
}
