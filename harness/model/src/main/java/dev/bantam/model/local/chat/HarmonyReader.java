package dev.bantam.model.local.chat;

import dev.bantam.api.Arguments;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads gpt-oss's channels: {@code <|channel|>analysis<|message|>} is thinking, {@code commentary to=functions.read} a call,
 * and the rest text. A reply begins inside a header, because the prompt opened it with {@code <|start|>assistant}.
 */
final class HarmonyReader implements ReplyReader {
    private static final String MESSAGE = "<|message|>";
    private static final List<String> ENDS = List.of("<|end|>", "<|call|>", "<|return|>", "<|start|>", "<|channel|>");
    private static final Pattern RECIPIENT = Pattern.compile("\\bto=(?:functions\\.)?([\\w.-]+)");
    private static final Pattern CHANNEL = Pattern.compile("<\\|channel\\|>\\s*(\\w+)");

    private final ReplyListener listener;
    private final String idPrefix;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private String header = "";
    private boolean inHeader = true;
    private State kind = State.TEXT;
    private int calls;

    HarmonyReader(ReplyListener listener, String idPrefix) {
        this.listener = listener;
        this.idPrefix = idPrefix;
    }

    @Override
    public State state() {
        return inHeader ? RECIPIENT.matcher(pending).find() ? State.CALL : State.TEXT : kind;
    }

    @Override
    public void add(String text) {
        pending.append(text);
        while (inHeader ? beginBody() : endBody()) {
            // one message after the other
        }
    }

    private boolean beginBody() {
        int at = pending.indexOf(MESSAGE);
        if (at < 0) {
            return false;
        }
        header = pending.substring(0, at);
        pending.delete(0, at + MESSAGE.length());
        inHeader = false;
        Matcher channel = CHANNEL.matcher(header);
        kind = RECIPIENT.matcher(header).find()
                ? State.CALL
                : channel.find() && channel.group(1).equals("analysis") ? State.THINKING : State.TEXT;
        return true;
    }

    private boolean endBody() {
        int at = -1;
        String found = "";
        for (String end : ENDS) {
            int index = pending.indexOf(end);
            if (index >= 0 && (at < 0 || index < at)) {
                at = index;
                found = end;
            }
        }
        if (at < 0) {
            take(pending.length() - unfinishedEnd());
            return false;
        }
        take(at);
        boolean opensAnother = found.equals("<|start|>") || found.equals("<|channel|>");
        pending.delete(0, opensAnother ? 0 : found.length());
        closeBody();
        return true;
    }

    private int unfinishedEnd() {
        int open = pending.lastIndexOf("<");
        return open >= 0 && ENDS.stream().anyMatch(end -> end.startsWith(pending.substring(open)))
                ? pending.length() - open
                : 0;
    }

    private void take(int length) {
        String text = pending.substring(0, length);
        pending.delete(0, length);
        body.append(text);
        if (!text.isEmpty()) {
            switch (kind) {
                case TEXT -> listener.text(text);
                case THINKING -> listener.thinking(text);
                case CALL -> {} // shown when it runs
            }
        }
    }

    private void closeBody() {
        String text = body.toString();
        body.setLength(0);
        inHeader = true;
        switch (kind) {
            case TEXT -> addText(text);
            case THINKING -> {
                if (!text.isBlank()) {
                    parts.add(new Part.Thinking(text.strip()));
                }
            }
            case CALL -> {
                Matcher recipient = RECIPIENT.matcher(header);
                Optional<Arguments> arguments = JsonCalls.arguments(text);
                if (recipient.find() && arguments.isPresent()) {
                    parts.add(new Part.ToolCall(
                            idPrefix + ++calls, recipient.group(1), arguments.get(), Optional.of(text.strip())));
                } else {
                    listener.text(header + MESSAGE + text);
                    addText(header + MESSAGE + text);
                }
            }
        }
    }

    private void addText(String text) {
        if (!text.isBlank()) {
            parts.add(new Part.Text(text.strip()));
        }
    }

    @Override
    public List<Part> finish() {
        if (inHeader) {
            String text = pending.toString();
            if (!text.isBlank()
                    && CHANNEL.matcher(text).results().findAny().isEmpty()
                    && !text.startsWith("<|start|>")) {
                listener.text(text); // no marks at all: said as it is
                addText(text);
            }
        } else {
            take(pending.length());
            closeBody();
        }
        return List.copyOf(parts);
    }
}
