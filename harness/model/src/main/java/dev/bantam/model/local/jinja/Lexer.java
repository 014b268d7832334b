package dev.bantam.model.local.jinja;

import dev.bantam.model.local.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into tokens. A line break after a block's end is dropped, and so are blanks between a line's start and a
 * block; {@code -} strips all white space on its side, {@code +} none.
 */
final class Lexer {
    private static final String[] OPERATORS = {
        "==", "!=", ">=", "<=", "//", "**", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{", "}",
        ",", ":", ".", "|"
    };

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) {
        String unix = source.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        boolean strip = false; // what the tag before does to the text after it
        boolean trim = false;
        while (true) {
            int open = nextOpening();
            String text = source.substring(at, open);
            String data = text;
            if (strip) {
                data = data.stripLeading();
            } else if (trim && data.startsWith("\n")) {
                data = data.substring(1);
            }
            boolean ends = open == source.length();
            char kind = ends ? ' ' : source.charAt(open + 1);
            char control = ends || open + 2 >= source.length() ? ' ' : source.charAt(open + 2);
            if (control == '-') {
                data = data.stripTrailing();
            } else if (!ends && kind != '{' && control != '+') {
                data = withoutIndentation(text, data, at == 0 || trim && text.startsWith("\n"));
            }
            if (!data.isEmpty()) {
                add(Kind.DATA, data);
            }
            lines(text);
            if (ends) {
                add(Kind.END, "");
                return;
            }
            at = open + 2 + (control == '-' || control == '+' ? 1 : 0);
            char closing = switch (kind) {
                case '#' -> comment();
                case '{' -> inside(Kind.OPEN_EXPRESSION, Kind.CLOSE_EXPRESSION, "}}");
                default -> inside(Kind.OPEN_TAG, Kind.CLOSE_TAG, "%}");
            };
            strip = closing == '-';
            trim = closing != '+' && kind != '{';
        }
    }

    /** Drops blanks before a block that begins its line. */
    private static String withoutIndentation(String text, String data, boolean dataBeginsLine) {
        int end = data.length();
        while (end > 0 && (data.charAt(end - 1) == ' ' || data.charAt(end - 1) == '\t')) {
            end--;
        }
        boolean beginsLine =
                end > 0 ? data.charAt(end - 1) == '\n' : dataBeginsLine || text.isBlank() && text.contains("\n");
        return beginsLine ? data.substring(0, end) : data;
    }

    private int nextOpening() {
        for (int i = at; i + 1 < source.length(); i++) {
            if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return source.length();
    }

    /** The sign before the closing mark, a blank when there is none. */
    private char comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw new TemplateException("line " + line + ": a comment is never closed");
        }
        lines(source.substring(at, end));
        char sign = end > at ? source.charAt(end - 1) : ' ';
        at = end + 2;
        return sign == '-' || sign == '+' ? sign : ' ';
    }

    private char inside(Kind open, Kind close, String closing) {
        add(open, "");
        int depth = 0;
        while (true) {
            skipBlanks();
            if (at >= source.length()) {
                throw new TemplateException("line " + line + ": a tag is never closed");
            }
            char c = source.charAt(at);
            boolean signed = (c == '-' || c == '+') && source.startsWith(closing, at + 1);
            if (depth == 0 && (signed || source.startsWith(closing, at))) {
                add(close, "");
                at += signed ? 3 : 2;
                return signed ? c : ' ';
            }
            if (c == '"' || c == '\'') {
                string(c);
            } else if (Character.isDigit(c)) {
                number();
            } else if (Character.isJavaIdentifierStart(c)) {
                int start = at;
                while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
                    at++;
                }
                add(Kind.NAME, source.substring(start, at));
            } else {
                String operator = operator();
                depth += "([{".contains(operator) ? 1 : ")]}".contains(operator) ? -1 : 0;
                add(Kind.OPERATOR, operator);
            }
        }
    }

    private String operator() {
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                at += operator.length();
                return operator;
            }
        }
        throw new TemplateException("line " + line + ": a character that means nothing here: " + source.charAt(at));
    }

    private void number() {
        int start = at;
        while (at < source.length() && (Character.isDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
        boolean real = at + 1 < source.length() && source.charAt(at) == '.' && Character.isDigit(source.charAt(at + 1));
        if (real) {
            at++;
            while (at < source.length() && Character.isDigit(source.charAt(at))) {
                at++;
            }
        }
        add(real ? Kind.REAL : Kind.WHOLE, source.substring(start, at).replace("_", ""));
    }

    private void string(char quote) {
        StringBuilder text = new StringBuilder();
        int start = at++;
        while (true) {
            if (at >= source.length()) {
                throw new TemplateException("line " + line + ": a string is never closed");
            }
            char c = source.charAt(at++);
            if (c == quote) {
                break;
            }
            if (c == '\\' && at < source.length()) {
                escape(text);
            } else {
                text.append(c);
            }
        }
        add(Kind.STRING, text.toString());
        lines(source.substring(start, at));
    }

    private void escape(StringBuilder text) {
        char c = source.charAt(at++);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case '\\', '\'', '"' -> text.append(c);
            case '\n' -> {}
            case 'x' -> codePoint(text, 2);
            case 'u' -> codePoint(text, 4);
            case 'U' -> codePoint(text, 8);
            default -> text.append('\\').append(c);
        }
    }

    private void codePoint(StringBuilder text, int digits) {
        try {
            text.appendCodePoint(Integer.parseInt(source, at, at + digits, 16));
            at += digits;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new TemplateException("line " + line + ": an escape that is none");
        }
    }

    private void skipBlanks() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            line += source.charAt(at++) == '\n' ? 1 : 0;
        }
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text, line));
    }

    private void lines(String text) {
        line += (int) text.chars().filter(c -> c == '\n').count();
    }
}
