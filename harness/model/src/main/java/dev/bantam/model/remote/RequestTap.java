package dev.bantam.model.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bantam.model.server.Call;
import dev.bantam.model.server.Json;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The HTTP client that LangChain4j's models are given. It sends nothing: it takes the request that LangChain4j has
 * written, lets us add what LangChain4j does not carry, and hands it out as a {@link Call}. See the package's page for
 * why.
 */
public final class RequestTap implements HttpClient, HttpClientBuilder {
    private static final StreamingChatResponseHandler NOBODY = new StreamingChatResponseHandler() {
        @Override
        public void onPartialResponse(String text) {}

        @Override
        public void onCompleteResponse(ChatResponse response) {}

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("LangChain4j could not write the request", failure);
        }
    };

    private HttpRequest written;

    /**
     * Has LangChain4j write a request.
     *
     * @param amend adds to the body, or replaces in it
     */
    public Call write(StreamingChatModel model, ChatRequest request, boolean jsonLines, Consumer<ObjectNode> amend) {
        written = null;
        model.chat(request, NOBODY);
        ObjectNode body = (ObjectNode) Json.read(written.body()).orElseThrow();
        amend.accept(body);
        Map<String, String> headers = new LinkedHashMap<>();
        written.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("user-agent"));
        headers.put("User-Agent", "bantam");
        return new Call(written.url(), headers, Json.write(body), jsonLines);
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        written = request;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("only streams are asked for, not " + request.url());
    }

    @Override
    public Duration connectTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
