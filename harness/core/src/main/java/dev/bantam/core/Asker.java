package dev.bantam.core;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Event;
import dev.bantam.api.Hooks;
import dev.bantam.api.ModelException;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.core.hooks.HookRunner;
import java.time.Duration;
import java.util.Optional;

/** Asks the model, streams its reply as events, and asks again when that can help. */
final class Asker {
    private final ChatModel model;
    private final Retries retries;
    private final Journal journal;
    private final HookRunner hooks;
    private Optional<Hooks.Halt> halted = Optional.empty();

    Asker(ChatModel model, Retries retries, Journal journal, HookRunner hooks) {
        this.hooks = hooks;
        this.model = model;
        this.retries = retries;
        this.journal = journal;
    }

    /** A reply of the conversation: its text is streamed. */
    Reply ask(ChatRequest request) throws ModelException, InterruptedException {
        halted = Optional.empty();
        Streamed text = new Streamed();
        Streamed thinking = new Streamed();
        ChatRequest shaped = shaped(request);
        return retrying(shaped, () -> {
            text.begin();
            thinking.begin();
            return new Reading() {
                @Override
                public void text(String delta) {
                    text.fresh(delta)
                            .ifPresent(fresh ->
                                    journal.tell(new Event.TextStreamed(journal.now(), journal.turn(), fresh)));
                }

                @Override
                public void thinking(String delta) {
                    thinking.fresh(delta)
                            .ifPresent(fresh ->
                                    journal.tell(new Event.ThinkingStreamed(journal.now(), journal.turn(), fresh)));
                }

                @Override
                public boolean enough() {
                    if (halted.isEmpty()) {
                        halted = hooks.watch(new Hooks.Streaming(journal.turn(), thinking.sent, text.sent));
                    }
                    return halted.isPresent();
                }
            };
        });
    }

    /** As the extensions want it answered; never with more room than there is. */
    private ChatRequest shaped(ChatRequest request) {
        ChatRequest.Options asked = request.options();
        ChatRequest.Options wanted = hooks.shape(asked);
        int room = Math.max(1, Math.min(wanted.maxOutputTokens(), asked.maxOutputTokens()));
        return request.withOptions(
                new ChatRequest.Options(wanted.thinking(), wanted.temperature(), wanted.seed(), room));
    }

    /** Who ended the last reply before its end. */
    Optional<Hooks.Halt> halted() {
        return halted;
    }

    /** A question of the harness itself: only the reading is shown. */
    Reply askQuietly(ChatRequest request) throws ModelException, InterruptedException {
        return retrying(request, Reading::new);
    }

    private Reply retrying(ChatRequest request, java.util.function.Supplier<ReplyListener> listener)
            throws ModelException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return model.reply(request, listener.get());
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

    /** Tells how far the model has read. */
    private class Reading implements ReplyListener {
        @Override
        public void prefill(long done, long total, long cached, double tokensPerSecond) {
            journal.tell(
                    new Event.PrefillAdvanced(journal.now(), journal.turn(), done, total, cached, tokensPerSecond));
        }
    }

    /** What was streamed so far: an attempt that begins again repeats it, and deltas carry only what is new. */
    private static final class Streamed {
        private final StringBuilder sent = new StringBuilder();
        private int repeated;
        private boolean repeating;

        void begin() {
            repeated = 0;
            repeating = !sent.isEmpty();
        }

        Optional<String> fresh(String delta) {
            int skip = 0;
            while (repeating && skip < delta.length()) {
                if (repeated < sent.length() && sent.charAt(repeated) == delta.charAt(skip)) {
                    repeated++;
                    skip++;
                } else {
                    repeating = false;
                }
            }
            String fresh = delta.substring(skip);
            sent.append(fresh);
            return fresh.isEmpty() ? Optional.empty() : Optional.of(fresh);
        }
    }
}
