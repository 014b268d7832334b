package dev.bantam.ext.verifybeforedone;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a text is JSON as RFC 8259 has it. */
final class JsonSyntax {
    private static final Pattern SCALAR =
            Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?"
                    + "|\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\"");
    private static final int DEEPEST = 500;

    private final String text;
    private final Matcher scalar;
    private int at;

    JsonSyntax(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.scalar = SCALAR.matcher(this.text);
    }

    Optional<String> fault() {
        boolean whole = value(0);
        blanks();
        if (whole && at == text.length()) {
            return Optional.empty();
        }
        long line =
                1 + text.substring(0, at).chars().filter(each -> each == '\n').count();
        String found = at == text.length() ? "the end of the file" : "'" + text.charAt(at) + "'";
        return Optional.of("line " + line + ": " + found + " is not expected here");
    }

    private boolean value(int depth) {
        blanks();
        if (depth > DEEPEST) {
            at = text.length();
            return true; // nobody writes this by hand
        }
        if (skip('{')) {
            return members('}', depth, true);
        }
        return skip('[') ? members(']', depth, false) : scalar();
    }

    private boolean members(char end, int depth, boolean named) {
        blanks();
        if (skip(end)) {
            return true;
        }
        do {
            blanks();
            if (named && !name() || !value(depth + 1)) {
                return false;
            }
            blanks();
        } while (skip(','));
        return skip(end);
    }

    private boolean name() {
        boolean text = peek('"') && scalar();
        blanks();
        return text && skip(':');
    }

    private boolean scalar() {
        scalar.region(at, text.length());
        boolean found = scalar.lookingAt();
        at = found ? scalar.end() : at;
        return found;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean peek(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private boolean skip(char wanted) {
        boolean there = peek(wanted);
        at += there ? 1 : 0;
        return there;
    }
}
