package dev.bantam.model.local;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bantam.api.Arguments;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Reads a reply of the ChatML format as it streams: thinking, text, and Hermes tool calls. A call that is not exactly
 * right stays text, as it was written; repairing it is an extension's business. A closing mark inside a JSON string, as in
 * a file about tool calls, belongs to the string; when no call comes of that, the first mark closes after all.
 */
final class ReplyText {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};
    private static final List<String> OPENINGS = List.of("<think>", "<tool_call>");

    private final ReplyListener listener;
    private final String idPrefix;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private final StringBuilder current = new StringBuilder();
    private State state = State.TEXT;
    private int calls;
    private int passedOver = -1; // where in the open call a closing mark stood that seemed to be inside a string

    private enum State {
        TEXT(""),
        THINK("</think>"),
        CALL("</tool_call>");

        private final String closing;

        State(String closing) {
            this.closing = closing;
        }
    }

    /** @param idPrefix of the calls' ids, unique in the conversation */
    ReplyText(ReplyListener listener, String idPrefix) {
        this.listener = listener;
        this.idPrefix = idPrefix;
    }

    void add(String text) {
        pending.append(text);
        while (advance()) {
            // one mark after the other
        }
    }

    /** The parts of the reply; what was left open counts as what it was. */
    List<Part> finish() {
        take(pending.length());
        while (state == State.CALL && passedOver >= 0) {
            closeWherePassedOver("");
            add("");
            take(pending.length());
        }
        switch (state) {
            case TEXT -> closeText();
            case THINK -> closeThinking();
            case CALL -> { // never closed, so never run
                current.insert(0, "<tool_call>");
                listener.text(current.toString());
                closeText();
            }
        }
        return List.copyOf(parts);
    }

    private boolean advance() {
        List<String> marks = state == State.TEXT ? OPENINGS : List.of(state.closing);
        int at = -1;
        String found = "";
        for (String mark : marks) {
            int index = pending.indexOf(mark);
            if (index >= 0 && (at < 0 || index < at)) {
                at = index;
                found = mark;
            }
        }
        if (at < 0) {
            take(pending.length() - unfinishedMark(marks));
            return false;
        }
        take(at);
        if (state == State.CALL && endsInsideAString(current)) {
            passedOver = passedOver < 0 ? current.length() : passedOver;
            take(found.length());
            return true;
        }
        pending.delete(0, found.length());
        switch (state) {
            case TEXT -> {
                closeText();
                state = found.equals("<think>") ? State.THINK : State.CALL;
            }
            case THINK -> {
                closeThinking();
                state = State.TEXT;
            }
            case CALL -> closeCall();
        }
        return true;
    }

    /** How many characters at the end may be the beginning of a mark. */
    private int unfinishedMark(List<String> marks) {
        int longest = 0;
        for (String mark : marks) {
            for (int length = Math.min(mark.length() - 1, pending.length()); length > longest; length--) {
                if (pending.indexOf(mark.substring(0, length), pending.length() - length) >= 0) {
                    longest = length;
                    break;
                }
            }
        }
        return longest;
    }

    private void take(int length) {
        String text = pending.substring(0, length);
        pending.delete(0, length);
        current.append(text);
        if (!text.isEmpty()) {
            switch (state) {
                case TEXT -> listener.text(text);
                case THINK -> listener.thinking(text);
                case CALL -> {} // shown when it runs
            }
        }
    }

    private void closeText() {
        String text = current.toString();
        current.setLength(0);
        if (!text.isBlank()) {
            parts.add(new Part.Text(text.strip()));
        }
    }

    private void closeThinking() {
        String text = current.toString();
        current.setLength(0);
        if (!text.isBlank()) {
            parts.add(new Part.Thinking(text.strip()));
        }
    }

    private void closeCall() {
        Optional<Part.ToolCall> call = parse(current.toString());
        if (call.isEmpty() && passedOver >= 0) {
            closeWherePassedOver(State.CALL.closing);
            return;
        }
        if (call.isPresent()) {
            current.setLength(0);
            parts.add(call.get());
        } else {
            current.insert(0, "<tool_call>").append(State.CALL.closing);
            listener.text(current.toString());
            closeText();
        }
        state = State.TEXT;
        passedOver = -1;
    }

    /** What seemed to be a string was none: the call ends at its first closing mark, and what follows is read anew. */
    private void closeWherePassedOver(String closing) {
        int mark = passedOver;
        pending.insert(0, current.substring(mark + State.CALL.closing.length()) + closing);
        current.setLength(mark);
        passedOver = -1;
        closeCall();
    }

    /** A line break ends what looked like a string: JSON allows none inside. */
    private static boolean endsInsideAString(CharSequence json) {
        boolean inside = false;
        for (int i = 0; i < json.length(); i++) {
            switch (json.charAt(i)) {
                case '"' -> inside = !inside;
                case '\\' -> i += inside ? 1 : 0;
                case '\n' -> inside = false;
                default -> {}
            }
        }
        return inside;
    }

    private Optional<Part.ToolCall> parse(String raw) {
        try {
            JsonNode node = JSON.readTree(raw);
            if (node == null
                    || !node.path("name").isTextual()
                    || !node.path("arguments").isObject()) {
                return Optional.empty();
            }
            return Optional.of(new Part.ToolCall(
                    idPrefix + ++calls,
                    node.get("name").asText(),
                    new Arguments(JSON.convertValue(node.get("arguments"), MAP)),
                    Optional.of(slice(raw, "arguments"))));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The bytes of a field of a JSON object, as they were written. */
    private static String slice(String object, String field) throws JsonProcessingException {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(field);
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (wanted) {
                    return object.substring(
                            start, (int) parser.currentLocation().getCharOffset());
                }
            }
            throw new IllegalArgumentException("no field " + field);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text can always be read", impossible);
        }
    }
}
