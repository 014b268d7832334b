package dev.bantam.model.remote;

import dev.bantam.api.Capabilities;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.ModelProfile;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.Usage;
import dev.bantam.model.server.Failures;
import dev.bantam.model.server.Frame;
import dev.bantam.model.server.FrameSink;
import dev.bantam.model.server.Server;
import dev.bantam.model.server.Wire;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A model on a server. It speaks the server's {@link Protocol}, and checks that its prompts are read whole. */
public final class RemoteModel implements ChatModel {
    private static final int SMALLEST_REPLY = 512;

    private final Wire wire;
    private final Server server;
    private final Protocol protocol;
    private final Backend backend;
    private final Failures failures;
    private final PromptAudit audit = new PromptAudit();
    private final OptionalInt windowOverride;
    private volatile int window;
    private boolean windowCertain;
    private boolean askedAgain;

    /** Takes over the wire and closes it. */
    public RemoteModel(Wire wire, Protocol protocol, Backend backend, OptionalInt windowOverride) {
        this.wire = wire;
        this.server = wire.server();
        this.protocol = protocol;
        this.backend = backend;
        this.failures = new Failures(server, backend.loaded().model());
        this.windowOverride = windowOverride;
        this.window = windowOverride.orElse(backend.loaded().window());
        this.windowCertain = windowOverride.isPresent() || backend.loaded().certain();
    }

    @Override
    public ModelInfo info() {
        Loaded loaded = backend.loaded();
        Capabilities remote = Capabilities.REMOTE;
        return new ModelInfo(
                server.kind().word() + "/" + loaded.model(),
                window,
                mend(),
                server.loopback(),
                new Capabilities(
                        remote.exactTokens(),
                        remote.liveConstraints(),
                        remote.rollback(),
                        remote.asides(),
                        remote.takeUp(),
                        remote.logProbabilities(),
                        loaded.images(),
                        loaded.thinking()),
                ModelProfile.plain(family(loaded.model())));
    }

    @Override
    public Reply reply(ChatRequest request, ReplyListener listener) throws ModelException, InterruptedException {
        int likely = countTokens(request);
        int room = Math.max(SMALLEST_REPLY, window - likely);
        Heard heard = new Heard(listener);
        ReplyReader reader = protocol.reader(request, heard);
        listener.prefill(0, likely, 0, 0);
        try {
            wire.stream(
                    protocol.call(request, window, Math.min(request.options().maxOutputTokens(), room)),
                    new Audited(reader, request, likely, heard),
                    failures);
        } catch (ModelException e) {
            if (!heard.halted()) {
                throw e;
            }
            Message.Assistant halted = heard.message();
            return new Reply(
                    halted,
                    new Usage(reader.promptTokens().orElse(likely), countTokens(halted), reader.cachedTokens()));
        }
        Message.Assistant message = reader.message();
        long read = reader.promptTokens().orElse(likely);
        if (message.parts().isEmpty() && windowCertain && read >= window) { // LM Studio's silent overflow
            throw failures.overflow("the prompt has " + read + " tokens and the window " + window
                    + "; the server answered with nothing.");
        }
        if (reader.promptTokens().isPresent()) {
            audit.read(request, read);
        }
        askForTheWindowAgain();
        return new Reply(
                message,
                new Usage(read, reader.outputTokens().orElseGet(() -> countTokens(message)), reader.cachedTokens()));
    }

    @Override
    public int countTokens(String text) {
        return TokenEstimate.likely(text);
    }

    /** By the server's own count of the request that this one extends, where there is one; else an estimate. */
    @Override
    public int countTokens(ChatRequest request) {
        return Math.toIntExact(
                audit.calibrated(request, this::countTokens).orElseGet(() -> ChatModel.super.countTokens(request)));
    }

    @Override
    public void close() {
        wire.close();
    }

    /** A model that was loaded by the first request only then has a window that the server can tell. */
    private void askForTheWindowAgain() throws InterruptedException {
        if (!windowCertain && !askedAgain && windowOverride.isEmpty()) {
            askedAgain = true;
            backend.windowNow().ifPresent(tokens -> {
                window = tokens;
                windowCertain = true;
            });
        }
    }

    private Optional<String> mend() {
        return server.kind().windowMend(backend.loaded().model());
    }

    private static String family(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.split("[:\\-_ ]", 2)[0];
    }

    /** Passes frames on, and looks at the prompt's count as soon as it is known: before any of the reply is used. */
    private final class Audited implements FrameSink {
        private final ReplyReader reader;
        private final ChatRequest request;
        private final int likely;
        private final Heard heard;
        private long audited;

        Audited(ReplyReader reader, ChatRequest request, int likely, Heard heard) {
            this.heard = heard;
            this.reader = reader;
            this.request = request;
            this.likely = likely;
        }

        @Override
        public void frame(Frame frame) throws ModelException, InterruptedException {
            reader.frame(frame);
            if (heard.halts()) {
                throw new ModelException(ModelException.Kind.REJECTED, "no more of the reply is wanted");
            }
            long reported = reader.promptTokens().orElse(0);
            if (reported != audited) {
                audited = reported;
                audit(reported);
            }
        }

        @Override
        public boolean complete() {
            return reader.complete();
        }

        private void audit(long reported) throws ModelException, InterruptedException {
            OptionalLong sent = audit.cut(request, reported, window, likely);
            if (sent.isPresent() && !backend.mayHaveCached(likely)) {
                throw new ModelException(
                        ModelException.Kind.PROMPT_CUT,
                        server.title() + " read only " + reported + " of about " + sent.getAsLong()
                                + " prompt tokens and dropped the rest without saying so: its window is too small."
                                + mend().map(mend -> " " + mend).orElse(""));
            }
        }
    }
}
