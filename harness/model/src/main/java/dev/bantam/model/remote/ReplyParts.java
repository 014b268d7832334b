package dev.bantam.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.bantam.api.Arguments;
import dev.bantam.api.ChatRequest;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import dev.bantam.model.server.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a reply while it comes in. Text and thinking go to the listener at once; calls are kept until the reply
 * is whole, because half a call is none.
 */
public final class ReplyParts {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** A call that is still coming. */
    public static final class OpenCall {
        private String id = "";
        private String tool = "";
        private final StringBuilder arguments = new StringBuilder();

        public String id() {
            return id;
        }

        public void id(String given) {
            id = given;
        }

        public String tool() {
            return tool;
        }

        /** Takes the name; a server that repeats it in every piece does no harm. */
        public void tool(String piece) {
            if (!tool.equals(piece)) {
                tool += piece;
            }
        }

        public void arguments(String piece) {
            arguments.append(piece);
        }

        public boolean hasArguments() {
            return !arguments.isEmpty();
        }
    }

    private sealed interface Piece {
        record Words(StringBuilder text) implements Piece {}

        record Thoughts(StringBuilder text, StringBuilder seal) implements Piece {}

        record Calling(OpenCall call) implements Piece {}
    }

    private final ReplyListener listener;
    private final Set<String> earlierIds = new HashSet<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final TaggedThinking tagged = new TaggedThinking(this);

    /** Starts a reply to a request, whose calls' ids may not occur again. */
    public ReplyParts(ChatRequest request, ReplyListener listener) {
        this.listener = listener;
        for (Message message : request.messages()) {
            if (message instanceof Message.Assistant assistant) {
                assistant.toolCalls().forEach(call -> earlierIds.add(call.id()));
            }
        }
    }

    public void text(String delta) {
        if (delta.isEmpty()) {
            return;
        }
        if (pieces.isEmpty() || !(pieces.getLast() instanceof Piece.Words)) {
            pieces.add(new Piece.Words(new StringBuilder()));
        }
        ((Piece.Words) pieces.getLast()).text().append(delta);
        listener.text(delta);
    }

    /** Adds text that may begin with thinking in tags. */
    public void content(String delta) {
        tagged.content(delta);
    }

    public void thinking(String delta) {
        if (!delta.isEmpty()) {
            thoughts().text().append(delta);
            listener.thinking(delta);
        }
    }

    /** Adds to the signature of the thinking that is coming in. */
    public void seal(String delta) {
        thoughts().seal().append(delta);
    }

    /** Starts a new piece, even if the one that comes is of the same sort. */
    public void newThinking() {
        pieces.add(new Piece.Thoughts(new StringBuilder(), new StringBuilder()));
    }

    public OpenCall newCall() {
        tagged.end();
        OpenCall call = new OpenCall();
        pieces.add(new Piece.Calling(call));
        return call;
    }

    public boolean hasCalls() {
        return pieces.stream().anyMatch(Piece.Calling.class::isInstance);
    }

    /** The parts of the whole reply, in the order in which they came. A call without an id of its own gets one. */
    public List<Part> parts() {
        tagged.end();
        List<Part> parts = new ArrayList<>();
        Set<String> ids = new HashSet<>(earlierIds);
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Words words -> parts.add(new Part.Text(words.text().toString()));
                case Piece.Thoughts thoughts -> {
                    if (!thoughts.text().isEmpty() || !thoughts.seal().isEmpty()) {
                        parts.add(new Part.Thinking(
                                thoughts.text().toString(),
                                Optional.of(thoughts.seal().toString()).filter(seal -> !seal.isEmpty())));
                    }
                }
                case Piece.Calling calling -> parts.add(finish(calling.call(), ids));
            }
        }
        return parts;
    }

    /** Whether the arguments of every call are whole JSON objects. */
    public boolean callsAreWhole() {
        return pieces.stream()
                .allMatch(piece -> !(piece instanceof Piece.Calling calling)
                        || calling.call().arguments.toString().isBlank()
                        || object(calling.call().arguments.toString()).isPresent());
    }

    /**
     * Arguments as values, in the order in which they were written; empty when the text is no JSON object.
     */
    public static Optional<Map<String, Object>> object(String raw) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(raw, OBJECT));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Part.ToolCall finish(OpenCall call, Set<String> ids) {
        String id = call.id;
        for (int n = ids.size() + 1; id.isBlank() || ids.contains(id); n++) {
            id = "call_" + n;
        }
        ids.add(id);
        String raw = call.arguments.toString();
        return new Part.ToolCall(
                id,
                call.tool.strip(),
                object(raw).map(Arguments::new).orElse(Arguments.NONE),
                raw.isEmpty() ? Optional.empty() : Optional.of(raw));
    }

    private Piece.Thoughts thoughts() {
        if (pieces.isEmpty() || !(pieces.getLast() instanceof Piece.Thoughts)) {
            newThinking();
        }
        return (Piece.Thoughts) pieces.getLast();
    }
}
