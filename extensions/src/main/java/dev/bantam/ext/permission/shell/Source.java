package dev.bantam.ext.permission.shell;

/** A script and a place in it. */
final class Source {
    private static final int DEEPEST = 60;

    private final String text;
    private int at;
    private int depth;

    Source(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    void backTo(int place) {
        at = place;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The next character; NUL at the end. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    char next() {
        return text.charAt(at++);
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, at);
    }

    /** Takes it when it comes next. */
    boolean take(String prefix) {
        boolean found = startsWith(prefix);
        at += found ? prefix.length() : 0;
        return found;
    }

    void expect(String prefix) throws ShellSyntaxException {
        if (!take(prefix)) {
            throw new ShellSyntaxException("expected " + prefix + " at character " + (at + 1));
        }
    }

    String since(int start) {
        return text.substring(start, at);
    }

    /** The rest of this line, without its end, which is taken as well. */
    String takeLine() throws ShellSyntaxException {
        int end = text.indexOf('\n', at);
        if (end < 0 && atEnd()) {
            throw new ShellSyntaxException("a here-document has no end");
        }
        String line = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        return line;
    }

    /** Blanks, joined lines and a comment. */
    void skipBlanks() {
        while (true) {
            if (peek() == ' ' || peek() == '\t') {
                at++;
            } else if (!take("\\\n")) {
                break;
            }
        }
        if (peek() == '#') {
            while (!atEnd() && peek() != '\n') {
                at++;
            }
        }
    }

    void enter() throws ShellSyntaxException {
        if (++depth > DEEPEST) {
            throw new ShellSyntaxException("it is nested too deeply");
        }
    }

    void leave() {
        depth--;
    }
}
