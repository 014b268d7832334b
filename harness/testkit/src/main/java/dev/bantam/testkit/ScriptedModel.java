package dev.bantam.testkit;

import dev.bantam.api.Arguments;
import dev.bantam.api.Capabilities;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.ModelProfile;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A model that says what the test wrote down, and remembers every request. A token is four characters. */
public final class ScriptedModel implements ChatModel {

    /** Makes one reply. */
    @FunctionalInterface
    public interface Step {
        Message.Assistant reply(ChatRequest request, ReplyListener listener)
                throws ModelException, InterruptedException;
    }

    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<ChatRequest> requests = new ArrayList<>();
    private final int contextWindow;
    private Capabilities capabilities = Capabilities.REMOTE;
    private ModelProfile profile = ModelProfile.plain("scripted");
    private int calls;

    public ScriptedModel(int contextWindow) {
        this.contextWindow = contextWindow;
    }

    public ScriptedModel() {
        this(32_768);
    }

    /** The model can do more than one on a server. */
    public ScriptedModel able(Capabilities more) {
        capabilities = more;
        return this;
    }

    /** The model wants to be spoken to in another way. */
    public ScriptedModel of(ModelProfile family) {
        profile = family;
        return this;
    }

    /** The model says this and ends its turn. */
    public ScriptedModel says(String text) {
        return answers(new Message.Assistant(List.of(new Part.Text(text)), Finish.STOP));
    }

    /** The model calls one tool. Ids count up: {@code call-1}, {@code call-2}, … */
    public ScriptedModel calls(String tool, Object... namesAndValues) {
        Part.ToolCall call = new Part.ToolCall("call-" + ++calls, tool, Arguments.of(namesAndValues));
        return answers(new Message.Assistant(List.of(call), Finish.TOOL_CALLS));
    }

    public ScriptedModel answers(Message.Assistant message) {
        return does((request, listener) -> {
            return tell(message.thinking(), listener, listener::thinking)
                            && tell(message.text(), listener, listener::text)
                    ? message
                    : new Message.Assistant(List.of(new Part.Thinking(message.thinking())), Finish.HALTED);
        });
    }

    /** Word for word; false when the listener has heard enough. */
    private static boolean tell(String text, ReplyListener listener, Consumer<String> hears) {
        for (String word : text.split("(?<=\\s)")) {
            if (!word.isEmpty()) {
                hears.accept(word);
                if (listener.enough()) {
                    return false;
                }
            }
        }
        return true;
    }

    public ScriptedModel fails(ModelException failure) {
        return does((request, listener) -> {
            throw failure;
        });
    }

    public ScriptedModel does(Step step) {
        steps.add(step);
        return this;
    }

    /** All requests so far, oldest first. */
    public List<ChatRequest> requests() {
        return List.copyOf(requests);
    }

    public ChatRequest lastRequest() {
        return requests.getLast();
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("scripted", contextWindow, Optional.empty(), true, capabilities, profile);
    }

    @Override
    public Reply reply(ChatRequest request, ReplyListener listener) throws ModelException, InterruptedException {
        requests.add(request);
        Step step = steps.poll();
        if (step == null) {
            throw new AssertionError(
                    "the script has no reply for request " + requests.size() + ", whose last message is "
                            + (request.messages().isEmpty()
                                    ? "none"
                                    : request.messages().getLast()));
        }
        Message.Assistant message = step.reply(request, listener);
        return new Reply(message, new Usage(countTokens(request), countTokens(message), 0));
    }

    @Override
    public int countTokens(String text) {
        return (text.length() + 3) / 4;
    }

    @Override
    public void close() {}
}
