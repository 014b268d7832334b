package dev.bantam.model.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Writes down what a streaming reply tells. */
final class Heard implements StreamingChatResponseHandler {
    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch ended = new CountDownLatch(1);
    volatile ChatResponse response;
    volatile Throwable error;
    private final Consumer<PartialResponseContext> onText;

    Heard(Consumer<PartialResponseContext> onText) {
        this.onText = onText;
    }

    Heard() {
        this(context -> {});
    }

    Heard await() throws InterruptedException {
        if (!ended.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("no end after " + events);
        }
        return this;
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        events.add("text " + partial.text());
        onText.accept(context);
    }

    @Override
    public void onPartialThinking(PartialThinking partial) {
        events.add("thinking " + partial.text());
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        events.add("call " + call.index() + " " + call.toolExecutionRequest().name());
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        response = complete;
        ended.countDown();
    }

    @Override
    public void onError(Throwable failure) {
        error = failure;
        ended.countDown();
    }
}
