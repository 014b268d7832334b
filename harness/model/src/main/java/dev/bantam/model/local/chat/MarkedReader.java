package dev.bantam.model.local.chat;

import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads replies in which marks stand around thinking and around calls. A closing mark inside a string of a call, as in a
 * file about tool calls, belongs to the string; when no call comes of that, the first mark closes after all. The end of
 * thinking without a beginning makes a thought of the text before it.
 */
final class MarkedReader implements ReplyReader {
    private final ReplyListener listener;
    private final String idPrefix;
    private final String thinkOpening;
    private final String thinkClosing;
    private final CallForm form;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private final StringBuilder current = new StringBuilder();
    private State state;
    private boolean thought; // whether thinking was closed, or can no more be closed without having been opened
    private String opened = ""; // the mark before the open call
    private int calls;
    private int passedOver = -1; // where in the open call a closing mark stood that seemed to be inside a string

    /**
     * @param thinkOpening and {@code thinkClosing}: the marks around thinking, such as {@code <think>}
     * @param idPrefix of the calls' ids, unique in the conversation
     * @param thinking whether the reply begins inside a block of thinking
     */
    MarkedReader(
            String thinkOpening,
            String thinkClosing,
            CallForm form,
            ReplyListener listener,
            String idPrefix,
            boolean thinking) {
        this.thinkOpening = thinkOpening;
        this.thinkClosing = thinkClosing;
        this.form = form;
        this.listener = listener;
        this.idPrefix = idPrefix;
        this.state = thinking ? State.THINKING : State.TEXT;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void add(String text) {
        pending.append(text);
        while (advance()) {
            // one mark after the other
        }
    }

    @Override
    public List<Part> finish() {
        take(pending.length());
        if (state == State.CALL && form.closing().isEmpty()) {
            closeCall("");
        }
        while (state == State.CALL && passedOver >= 0) {
            closeWherePassedOver("");
            add("");
            take(pending.length());
        }
        switch (state) {
            case TEXT -> closeText();
            case THINKING -> closeThinking();
            case CALL -> { // never closed, so never run
                current.insert(0, opened);
                listener.text(current.toString());
                closeText();
            }
        }
        return List.copyOf(parts);
    }

    private List<String> marks() {
        return switch (state) {
            case TEXT ->
                thought ? List.of(thinkOpening, form.opening()) : List.of(thinkOpening, form.opening(), thinkClosing);
            case THINKING -> List.of(thinkClosing);
            case CALL -> form.closing().isEmpty() ? List.of() : List.of(form.closing());
        };
    }

    private boolean advance() {
        if (mayBeginBare()) {
            String begun = pending.toString().stripLeading();
            if (begun.isEmpty()) {
                return false;
            }
            if (begun.startsWith("{")) {
                state = State.CALL;
                opened = "";
            }
        }
        List<String> marks = marks();
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
        if (state == State.CALL && form.endsInsideAString(current)) {
            passedOver = passedOver < 0 ? current.length() : passedOver;
            take(found.length());
            return true;
        }
        pending.delete(0, found.length());
        switch (state) {
            case TEXT -> {
                if (found.equals(thinkClosing)) {
                    closeThinking();
                } else {
                    closeText();
                    state = found.equals(thinkOpening) ? State.THINKING : State.CALL;
                    opened = found;
                    thought = true;
                }
            }
            case THINKING -> {
                closeThinking();
                state = State.TEXT;
            }
            case CALL -> closeCall(form.closing());
        }
        return true;
    }

    private boolean mayBeginBare() {
        return form.bare()
                && state == State.TEXT
                && current.toString().isBlank()
                && parts.stream().allMatch(Part.Thinking.class::isInstance);
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
                case THINKING -> listener.thinking(text);
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
        thought = true;
        if (!text.isBlank()) {
            parts.add(new Part.Thinking(text.strip()));
        }
    }

    /** @param closing what ended the call */
    private void closeCall(String closing) {
        List<CallForm.Call> written = form.parse(current.toString());
        if (written.isEmpty() && passedOver >= 0) {
            closeWherePassedOver(closing);
            return;
        }
        if (written.isEmpty()) {
            current.insert(0, opened).append(closing);
            listener.text(current.toString());
            closeText();
        }
        current.setLength(0);
        for (CallForm.Call call : written) {
            parts.add(new Part.ToolCall(idPrefix + ++calls, call.tool(), call.arguments(), call.raw()));
        }
        state = State.TEXT;
        passedOver = -1;
    }

    /** What seemed to be a string was none: the call ends at its first closing mark, and what follows is read anew. */
    private void closeWherePassedOver(String closing) {
        int mark = passedOver;
        pending.insert(0, current.substring(mark + form.closing().length()) + closing);
        current.setLength(mark);
        passedOver = -1;
        closeCall(form.closing());
    }
}
