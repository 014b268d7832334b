package dev.bantam.ext.shellsession;

/** Takes escape sequences out of a terminal's characters, and notes when a program takes the whole screen. */
final class Escapes {
    private static final char ESCAPE = '\u001B';
    private static final char BELL = '\u0007';
    private static final int LONGEST = 4_096;

    private enum State {
        TEXT,
        AFTER_ESCAPE,
        ONE_MORE,
        CONTROL,
        STRING
    }

    private State state = State.TEXT;
    private final StringBuilder sequence = new StringBuilder();
    private boolean wholeScreen;

    /** Whether the character is text. */
    boolean passes(char c) {
        switch (state) {
            case TEXT -> {
                if (c == ESCAPE) {
                    state = State.AFTER_ESCAPE;
                    sequence.setLength(0);
                }
                return c != ESCAPE && c != BELL;
            }
            case AFTER_ESCAPE ->
                state = switch (c) {
                    case '[' -> State.CONTROL;
                    case ']', 'P', '^', '_', 'X' -> State.STRING;
                    case '(', ')', '*', '+', '#', '%', ' ' -> State.ONE_MORE;
                    default -> State.TEXT;
                };
            case ONE_MORE -> state = State.TEXT;
            case CONTROL -> control(c);
            case STRING -> string(c);
        }
        return false;
    }

    private void control(char c) {
        sequence.append(c);
        if (c >= '@' && c <= '~') {
            String done = sequence.toString();
            wholeScreen =
                    done.matches("\\?(1049|1047|47)h|\\d+;\\d+H") || wholeScreen && !done.matches("\\?(1049|1047|47)l");
        }
        if (c >= '@' && c <= '~' || sequence.length() > LONGEST) {
            state = State.TEXT;
        }
    }

    private void string(char c) {
        sequence.append(c);
        if (c == BELL || c == '\n' || sequence.length() > LONGEST) {
            state = State.TEXT;
        } else if (c == ESCAPE) {
            state = State.AFTER_ESCAPE; // of the two characters that end it
        }
    }

    boolean wholeScreen() {
        return wholeScreen;
    }

    void reset() {
        state = State.TEXT;
        wholeScreen = false;
    }
}
