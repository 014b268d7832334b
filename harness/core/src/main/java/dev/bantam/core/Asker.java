package dev.bantam.core;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.ModelException;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import java.time.Duration;
import java.util.Optional;

/** Asks the model, streams its reply as events, and asks again when that can help. */
final class Asker {
    private final ChatModel model;
    private final Retries retries;
    private final Journal journal;

    Asker(ChatModel model, Retries retries, Journal journal) {
        this.model = model;
        this.retries = retries;
        this.journal = journal;
    }

    Reply ask(ChatRequest request) throws ModelException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return model.reply(request, streaming());
            } catch (ModelException failure) {
                Optional<Duration> pause = retries.after(failure, attempt);
                if (pause.isEmpty()) {
                    throw failure;
                }
                journal.decided(
                        "harness",
                        "model",
                        "retry",
                        failure.getMessage() + " (attempt " + (attempt + 1) + " in "
                                + pause.get().toMillis() / 1000.0 + " s)");
                retries.pause().sleep(pause.get());
            }
        }
    }

    private ReplyListener streaming() {
        return new ReplyListener() {
            @Override
            public void prefill(long done, long total, long cached, double tokensPerSecond) {
                journal.tell(
                        new Event.PrefillAdvanced(journal.now(), journal.turn(), done, total, cached, tokensPerSecond));
            }

            @Override
            public void text(String delta) {
                journal.tell(new Event.TextStreamed(journal.now(), journal.turn(), delta));
            }

            @Override
            public void thinking(String delta) {
                journal.tell(new Event.ThinkingStreamed(journal.now(), journal.turn(), delta));
            }
        };
    }
}
