package dev.bantam.tools;

import java.nio.CharBuffer;

/**
 * Turns what a program sends to a terminal into the lines that would stand there in the end: colours and other escape
 * sequences are dropped, a carriage return starts the line anew, a backspace takes one character back. Control
 * characters become U+FFFD.
 */
final class TerminalText {
    private static final int MAX_LINE_CHARS = 4000;
    private static final int MAX_SEQUENCE_CHARS = 4096;
    private static final char ESCAPE = '\u001B';
    private static final char BELL = '\u0007';
    private static final char UNREADABLE = '\uFFFD';

    private enum State {
        TEXT,
        AFTER_ESCAPE,
        CONTROL_SEQUENCE,
        /** A title or a link: up to a bell or {@code ESC \}. */
        STRING
    }

    private final OutputLines lines;
    private final StringBuilder line = new StringBuilder();
    private long lineLength;
    private State state = State.TEXT;
    private int sequenceLength;
    private boolean returned; // a carriage return came, and nothing since

    TerminalText(OutputLines lines) {
        this.lines = lines;
    }

    void add(CharBuffer chars) {
        while (chars.hasRemaining()) {
            char c = chars.get();
            switch (state) {
                case TEXT -> text(c);
                case AFTER_ESCAPE -> afterEscape(c);
                case CONTROL_SEQUENCE -> state = c >= '@' && c <= '~' || isTooLong() ? State.TEXT : state;
                case STRING -> string(c);
            }
        }
    }

    /** The output is over: a line without an end counts too. */
    void end() {
        if (lineLength > 0) {
            finishLine();
        }
    }

    private void text(char c) {
        switch (c) {
            case '\n' -> finishLine();
            case '\r' -> returned = true;
            case ESCAPE -> {
                state = State.AFTER_ESCAPE;
                sequenceLength = 0;
            }
            case '\b' -> backspace();
            case BELL -> {}
            default -> print(Character.isISOControl(c) && c != '\t' ? UNREADABLE : c);
        }
    }

    private void backspace() {
        if (lineLength > 0 && lineLength == line.length()) {
            line.setLength(line.length() - 1);
            lineLength--;
        }
    }

    private void print(char c) {
        if (returned) {
            returned = false;
            line.setLength(0);
            lineLength = 0;
        }
        lineLength++;
        if (line.length() < MAX_LINE_CHARS) {
            line.append(c);
        }
    }

    private void afterEscape(char c) {
        state = switch (c) {
            case '[' -> State.CONTROL_SEQUENCE;
            case ']', 'P', '^', '_', 'X' -> State.STRING;
            case '(', ')', '#', ' ' -> State.AFTER_ESCAPE; // one more character belongs to it
            default -> State.TEXT;
        };
    }

    private void string(char c) {
        if (c == BELL || c == '\n' || isTooLong()) {
            state = State.TEXT;
        } else if (c == ESCAPE) {
            state = State.AFTER_ESCAPE;
        }
    }

    private boolean isTooLong() {
        return ++sequenceLength > MAX_SEQUENCE_CHARS;
    }

    private void finishLine() {
        long more = lineLength - line.length();
        if (line.length() == MAX_LINE_CHARS && more > 0) {
            line.append(" [").append(Shown.count(more)).append(" more characters in this line]");
        }
        lines.add(line.toString(), more > 0);
        line.setLength(0);
        lineLength = 0;
        returned = false;
    }
}
