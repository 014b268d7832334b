package dev.bantam.testkit;

import dev.bantam.api.Capabilities;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.ModelProfile;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.Usage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A model that fails as small models do, and recovers only on what it can use: at each {@link Slip} of its script it says
 * the wrong thing, and says it again, until the request holds what would help a small model. Then it does the right thing
 * and comes to the next slip. When its patience is over it ends its turn with what it has. It cannot sum up what was said:
 * what a compaction does not carry, it has forgotten.
 *
 * <p>A token is four characters.
 */
public final class WeakModel implements ChatModel {
    private static final ModelProfile PROFILE = new ModelProfile(
            "weak",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            true,
            OptionalDouble.empty(),
            OptionalInt.empty(),
            true,
            false);

    private final List<Slip> script;
    private final List<ChatRequest> requests = new ArrayList<>();
    private final int contextWindow;
    private Capabilities capabilities = Capabilities.REMOTE;
    private int at;
    private int tries;
    private int turnedAt; // messages that there were when the present slip began

    public WeakModel(int contextWindow, List<Slip> script) {
        this.contextWindow = contextWindow;
        this.script = List.copyOf(script);
    }

    public WeakModel(List<Slip> script) {
        this(32_768, script);
    }

    /** The model can do more than one on a server. */
    public WeakModel able(Capabilities more) {
        capabilities = more;
        return this;
    }

    /** Whether the whole script was gone through, each slip recovered from. */
    public boolean recovered() {
        return at == script.size();
    }

    /** All requests so far, oldest first. */
    public List<ChatRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("weak", contextWindow, Optional.empty(), true, capabilities, PROFILE);
    }

    @Override
    public Reply reply(ChatRequest request, ReplyListener listener) {
        requests.add(request);
        Message.Assistant message = told(next(request), listener);
        return new Reply(message, new Usage(countTokens(request), countTokens(message), 0));
    }

    private Message.Assistant next(ChatRequest request) {
        if (recovered()) {
            return said("Done.");
        }
        Slip slip = script.get(at);
        List<Message> messages = request.messages();
        if (tries == 0) {
            turnedAt = Math.min(turnedAt, messages.size());
        }
        boolean compacted = messages.size() < turnedAt;
        List<Message> since = compacted ? messages : messages.subList(turnedAt, messages.size());
        if (slip.cure().helps(new Slip.Seen(request, since, tries))) {
            at++;
            tries = 0;
            turnedAt = messages.size();
            return slip.right();
        }
        if (tries++ == slip.patience()) {
            return said("I am done.");
        }
        return slip.wrong().get((tries - 1) % slip.wrong().size());
    }

    private static Message.Assistant said(String text) {
        return new Message.Assistant(List.of(new Part.Text(text)), Finish.STOP);
    }

    /** Word for word, as long as the listener wants to hear more. */
    private static Message.Assistant told(Message.Assistant message, ReplyListener listener) {
        StringBuilder thought = new StringBuilder();
        for (Iterator<String> words = words(message.thinking()); words.hasNext(); ) {
            String word = words.next();
            thought.append(word);
            listener.thinking(word);
            if (listener.enough()) {
                return new Message.Assistant(List.of(new Part.Thinking(thought.toString())), Finish.HALTED);
            }
        }
        StringBuilder text = new StringBuilder();
        for (Iterator<String> words = words(message.text()); words.hasNext(); ) {
            String word = words.next();
            text.append(word);
            listener.text(word);
            if (listener.enough()) {
                return new Message.Assistant(List.of(new Part.Text(text.toString())), Finish.HALTED);
            }
        }
        return message;
    }

    private static Iterator<String> words(String text) {
        return text.isEmpty()
                ? List.<String>of().iterator()
                : List.of(text.split("(?<=\\s)")).iterator();
    }

    @Override
    public int countTokens(String text) {
        return (text.length() + 3) / 4;
    }

    @Override
    public void close() {}
}
