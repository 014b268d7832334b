package dev.bantam.model.remote;

/**
 * Thinking between tags at the beginning of a reply's content, where a server without a reasoning parser leaves it.
 * What may turn out to be a tag is held back, and so is the white space around the tags, which is not shown at all. A
 * tag further on is text: the reply talks about it.
 */
final class TaggedThinking {
    private static final String OPENING = "<think>";
    private static final String CLOSING = "</think>";

    private enum State {
        BEGINNING,
        OPENED,
        THINKING,
        CLOSED,
        TEXT
    }

    private final ReplyParts parts;
    private final StringBuilder held = new StringBuilder();
    private State state = State.BEGINNING;

    TaggedThinking(ReplyParts parts) {
        this.parts = parts;
    }

    void content(String delta) {
        held.append(delta);
        while (!held.isEmpty() && advance()) {
            // one state after the other
        }
    }

    /** Lets go what was held back: no more of this text comes. Thinking that was not closed is thinking. */
    void end() {
        switch (state) {
            case BEGINNING -> {
                state = State.TEXT;
                parts.text(take(held.length()));
            }
            case OPENED, THINKING -> parts.thinking(take(held.length()).stripTrailing());
            case CLOSED, TEXT -> {}
        }
    }

    private boolean advance() {
        switch (state) {
            case BEGINNING -> {
                String start = held.toString().stripLeading();
                if (start.startsWith(OPENING)) {
                    take(held.length() - start.length() + OPENING.length());
                    state = State.OPENED;
                } else if (OPENING.startsWith(start)) {
                    return false;
                } else {
                    state = State.TEXT;
                }
            }
            case OPENED -> skipBlanks(State.THINKING);
            case THINKING -> {
                int end = held.indexOf(CLOSING);
                parts.thinking(take(blanksBefore(end >= 0 ? end : held.length() - unfinishedClosing())));
                if (end < 0) {
                    return false;
                }
                take(held.indexOf(CLOSING) + CLOSING.length());
                state = State.CLOSED;
            }
            case CLOSED -> skipBlanks(State.TEXT);
            case TEXT -> parts.text(take(held.length()));
        }
        return true;
    }

    private void skipBlanks(State next) {
        take(held.length() - held.toString().stripLeading().length());
        if (!held.isEmpty()) {
            state = next;
        }
    }

    private int blanksBefore(int end) {
        return held.substring(0, end).stripTrailing().length();
    }

    /** How many characters at the end may be the beginning of the closing tag. */
    private int unfinishedClosing() {
        int length = Math.min(CLOSING.length() - 1, held.length());
        while (!CLOSING.startsWith(held.substring(held.length() - length))) {
            length--;
        }
        return length;
    }

    private String take(int length) {
        String taken = held.substring(0, length);
        held.delete(0, length);
        return taken;
    }
}
