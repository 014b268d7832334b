package dev.bantam.model.langchain4j;

import dev.bantam.api.ModelException;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.ThinkingLevel;
import dev.bantam.model.local.LocalModels;
import dev.bantam.model.local.LocalOptions;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A model in this process as a chat model of LangChain4j, at once and streaming. Requests are answered one after the other,
 * however many threads ask; of a conversation that goes on only what is new is read.
 *
 * <p>Interrupting the thread that waits in {@code chat} ends the reply. A streaming reply is made on a virtual thread and
 * ended by its {@code StreamingHandle}. Java must be started with {@code --add-modules jdk.incubator.vector}.
 */
public final class EngineChatModel implements ChatModel, StreamingChatModel, AutoCloseable {
    private final dev.bantam.api.ChatModel model;
    private final Incoming incoming;
    private final ChatRequestParameters defaults;
    private final List<ChatModelListener> listeners;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private EngineChatModel(Builder builder, dev.bantam.api.ChatModel model) {
        this.model = model;
        this.incoming = new Incoming(model.info(), builder.thinking, builder.seed);
        this.listeners = List.copyOf(builder.listeners);
        this.defaults = ChatRequestParameters.builder()
                .modelName(model.info().ref())
                .temperature(builder.temperature)
                .maxOutputTokens(builder.maxOutputTokens)
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What the model is to be. A file or a model is needed; all else has a default. */
    public static final class Builder {
        private dev.bantam.api.ChatModel model;
        private Path file;
        private OptionalInt contextTokens = OptionalInt.empty();
        private Double temperature;
        private OptionalLong seed = OptionalLong.empty();
        private ThinkingLevel thinking = ThinkingLevel.MODEL_DEFAULT;
        private Integer maxOutputTokens;
        private List<ChatModelListener> listeners = List.of();

        private Builder() {}

        /** A {@code .gguf} file, or a folder of safetensors where jlama-core is on the class path. */
        public Builder file(Path path) {
            file = path;
            return this;
        }

        /** Any of our models instead of a file; it is closed with this one. */
        public Builder model(dev.bantam.api.ChatModel opened) {
            model = opened;
            return this;
        }

        /** Prompt and reply together; 32,768, what the model was trained for, or what fits into memory when not given. */
        public Builder contextTokens(int tokens) {
            contextTokens = OptionalInt.of(tokens);
            return this;
        }

        /** 0 always takes the likeliest token. A request's own goes before it. */
        public Builder temperature(double value) {
            temperature = value;
            return this;
        }

        /** Makes replies repeatable: the same conversation gets the same answers. */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        public Builder thinking(ThinkingLevel level) {
            thinking = level;
            return this;
        }

        /** The most tokens of a reply, thinking included; 4,096 when not given. A request's own goes before it. */
        public Builder maxOutputTokens(int tokens) {
            maxOutputTokens = tokens;
            return this;
        }

        public Builder listeners(List<ChatModelListener> told) {
            listeners = told;
            return this;
        }

        /**
         * Opens the model.
         *
         * @throws LangChain4jException when the file cannot be used or the wanted context does not fit into memory
         * @throws IllegalArgumentException unless either a file or a model was given
         */
        public EngineChatModel build() {
            if ((file == null) == (model == null)) {
                throw new IllegalArgumentException("give either a file or a model");
            }
            try {
                return new EngineChatModel(
                        this,
                        model != null
                                ? model
                                : LocalModels.open(
                                        file.toString(),
                                        file,
                                        LocalOptions.usual().withContext(contextTokens)));
            } catch (ModelException e) {
                throw Failures.translated(e);
            }
        }
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answer(incoming.request(request), ReplyListener.NONE);
    }

    /** Returns at once. What a callback throws ends the reply and is given to {@code onError}. */
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        dev.bantam.api.ChatRequest asked = incoming.request(request);
        ReplyStream stream = new ReplyStream(handler);
        Thread thread = Thread.ofVirtual().name("bantam-reply").unstarted(() -> stream.run(this, asked));
        stream.madeBy(thread);
        thread.start();
    }

    /** Waits for its turn and for the reply. */
    ChatResponse answer(dev.bantam.api.ChatRequest request, ReplyListener listener) {
        busy.add(Thread.currentThread());
        try {
            turn.lockInterruptibly();
            try {
                requireOpen();
                Reply reply = model.reply(request, listener);
                return Outgoing.response(reply, model.info().ref());
            } finally {
                turn.unlock();
            }
        } catch (ModelException e) {
            throw Failures.translated(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NonRetriableException("the reply was interrupted", e);
        } finally {
            busy.remove(Thread.currentThread());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new NonRetriableException("the model is closed");
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaults;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of();
    }

    /** Ends replies that are being made, and closes the model. */
    @Override
    public void close() {
        closed = true;
        busy.forEach(Thread::interrupt);
        turn.lock();
        try {
            model.close();
        } finally {
            turn.unlock();
        }
    }
}
