package dev.bantam.model.langchain4j;

import dev.bantam.api.ChatRequest;
import dev.bantam.api.ReplyListener;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;

/** One streaming reply: what its handler hears, in order, and nothing once it was cancelled. */
final class ReplyStream implements ReplyListener, StreamingHandle {
    private final StreamingChatResponseHandler handler;
    private volatile Thread thread;
    private volatile boolean cancelled;

    ReplyStream(StreamingChatResponseHandler handler) {
        this.handler = handler;
    }

    /** The thread that the reply is made on, which a cancellation interrupts. */
    void madeBy(Thread maker) {
        thread = maker;
    }

    void run(EngineChatModel model, ChatRequest request) {
        try {
            ChatResponse response = model.answer(request, this);
            List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
            for (int i = 0; i < calls.size() && !cancelled; i++) {
                handler.onCompleteToolCall(new CompleteToolCall(i, calls.get(i)));
            }
            if (!cancelled) {
                handler.onCompleteResponse(response);
            }
        } catch (RuntimeException failure) {
            if (!cancelled) {
                handler.onError(failure);
            }
        }
    }

    @Override
    public void text(String delta) {
        if (!cancelled && !delta.isEmpty()) {
            handler.onPartialResponse(new PartialResponse(delta), new PartialResponseContext(this));
        }
    }

    @Override
    public void thinking(String delta) {
        if (!cancelled && !delta.isEmpty()) {
            handler.onPartialThinking(new PartialThinking(delta), new PartialThinkingContext(this));
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        thread.interrupt();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
