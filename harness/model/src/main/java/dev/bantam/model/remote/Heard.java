package dev.bantam.model.remote;

import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a listener heard, for a reply that is ended before its end. */
final class Heard implements ReplyListener {
    private final ReplyListener listener;
    private final StringBuilder thinking = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private int asked;
    private boolean halted;

    Heard(ReplyListener listener) {
        this.listener = listener;
    }

    @Override
    public void prefill(long done, long total, long cached, double tokensPerSecond) {
        listener.prefill(done, total, cached, tokensPerSecond);
    }

    @Override
    public void text(String delta) {
        text.append(delta);
        listener.text(delta);
    }

    @Override
    public void thinking(String delta) {
        thinking.append(delta);
        listener.thinking(delta);
    }

    /** Whether the listener has heard enough; it is asked when something new was heard. */
    boolean halts() {
        int before = asked;
        asked = thinking.length() + text.length();
        halted = halted || asked > before && listener.enough();
        return halted;
    }

    boolean halted() {
        return halted;
    }

    /** What was heard, as a reply that was ended. */
    Message.Assistant message() {
        List<Part> parts = new ArrayList<>();
        if (!thinking.isEmpty()) {
            parts.add(new Part.Thinking(thinking.toString()));
        }
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString()));
        }
        return new Message.Assistant(parts, Finish.HALTED);
    }
}
