package dev.bantam.model.script;

import dev.bantam.api.Capabilities;
import dev.bantam.api.ChatModel;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.ModelException;
import dev.bantam.api.ModelInfo;
import dev.bantam.api.ModelProfile;
import dev.bantam.api.Part;
import dev.bantam.api.Reply;
import dev.bantam.api.ReplyListener;
import dev.bantam.api.Usage;
import dev.bantam.model.remote.TokenEstimate;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Replays a {@link ScriptFile}, one reply for each request, in order. The position belongs to this object and not to
 * the conversation: a resumed session that is given a script begins at the script's first line, and a reply that was
 * interrupted counts as given.
 */
public final class ScriptModel implements ChatModel {
    private static final int USUAL_WINDOW = 32_768;

    private final Path file;
    private final List<ScriptFile.Line> lines;
    private final int window;
    private int given;

    private ScriptModel(Path file, List<ScriptFile.Line> lines, int window) {
        this.file = file;
        this.lines = lines;
        this.window = window;
    }

    /**
     * Reads the whole file.
     *
     * @throws ModelException when it cannot be read or a line is wrong; it names the line
     */
    public static ScriptModel open(Path file, OptionalInt contextTokens) throws ModelException {
        return new ScriptModel(file, ScriptFile.read(file), contextTokens.orElse(USUAL_WINDOW));
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo(
                "script/" + file,
                window,
                Optional.of("Give a larger window with --context."),
                true,
                Capabilities.REMOTE,
                ModelProfile.plain("script"));
    }

    @Override
    public Reply reply(ChatRequest request, ReplyListener listener) throws ModelException, InterruptedException {
        if (given == lines.size()) {
            throw new ModelException(
                    ModelException.Kind.REJECTED,
                    "The script " + file + " has " + given + (given == 1 ? " reply" : " replies")
                            + " and the run asked for one more.");
        }
        ScriptFile.Line line = lines.get(given++);
        int input = countTokens(request);
        listener.prefill(0, input, 0, 0);
        Thread.sleep(line.delay());
        listener.prefill(input, input, 0, 0);
        Message.Assistant message = new Message.Assistant(withUnusedIds(line.parts(), request), line.finish());
        Message.Assistant told = PiecemealReply.tell(message, listener);
        return new Reply(told, new Usage(input, countTokens(told), 0));
    }

    /** Ids are {@code call-1}, {@code call-2}, …, going on from those that a resumed session already has. */
    private static List<Part> withUnusedIds(List<Part> parts, ChatRequest request) {
        Set<String> used = new HashSet<>();
        for (Message message : request.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> used.add(call.id()));
            }
        }
        return parts.stream()
                .map(part -> part instanceof Part.ToolCall call ? withId(call, used) : part)
                .toList();
    }

    private static Part withId(Part.ToolCall call, Set<String> used) {
        int n = used.size() + 1;
        while (!used.add("call-" + n)) {
            n++;
        }
        return new Part.ToolCall("call-" + n, call.tool(), call.arguments(), call.raw());
    }

    @Override
    public int countTokens(String text) {
        return TokenEstimate.likely(text);
    }

    @Override
    public void close() {}
}
