package dev.bantam.ext.permission.shell;

import dev.bantam.ext.permission.shell.Word.Piece;
import java.util.ArrayList;
import java.util.List;

/** Reads words: quotes and expansions. */
final class WordReader {
    private static final String ENDS = " \t\n|&;()<>";

    private final Source source;
    private final ShellParser parser;

    WordReader(Source source, ShellParser parser) {
        this.source = source;
        this.parser = parser;
    }

    boolean atWord() {
        return !source.atEnd() && (ENDS.indexOf(source.peek()) < 0 || atProcess());
    }

    private boolean atProcess() {
        return source.startsWith("<(") || source.startsWith(">(");
    }

    Word read() throws ShellSyntaxException {
        int start = source.at();
        Collected pieces = new Collected();
        if (atProcess()) {
            source.next();
            source.next();
            pieces.add(new Piece.Computed(List.of(parser.nestedUntil(")"))));
        }
        while (!source.atEnd() && ENDS.indexOf(source.peek()) < 0) {
            unquoted(pieces);
        }
        if (source.at() == start) {
            throw new ShellSyntaxException("expected a word at character " + (start + 1));
        }
        return new Word(pieces.all(), source.since(start));
    }

    private void unquoted(Collected pieces) throws ShellSyntaxException {
        switch (source.peek()) {
            case '\\' -> {
                source.next();
                if (source.atEnd()) {
                    throw new ShellSyntaxException("it ends with a backslash");
                }
                char escaped = source.next();
                if (escaped != '\n') {
                    pieces.text(String.valueOf(escaped), true);
                }
            }
            case '\'' -> {
                source.next();
                pieces.text(until('\''), true);
            }
            case '"' -> {
                source.next();
                quoted(pieces);
            }
            case '$' -> dollar(pieces, false);
            case '`' -> pieces.add(backquoted(false));
            default -> pieces.text(String.valueOf(source.next()), false);
        }
    }

    private String until(char end) throws ShellSyntaxException {
        StringBuilder text = new StringBuilder();
        while (source.peek() != end || source.atEnd()) {
            if (source.atEnd()) {
                throw new ShellSyntaxException("a quote " + end + " is not closed");
            }
            text.append(source.next());
        }
        source.next();
        return text.toString();
    }

    private void quoted(Collected pieces) throws ShellSyntaxException {
        pieces.text("", true);
        while (source.peek() != '"' || source.atEnd()) {
            if (source.atEnd()) {
                throw new ShellSyntaxException("a quote \" is not closed");
            }
            inQuotes(pieces, "$`\"\\");
        }
        source.next();
    }

    /** One step of a text in double quotes, or of a here-document. */
    private void inQuotes(Collected pieces, String escapable) throws ShellSyntaxException {
        char first = source.peek();
        if (first == '\\' && source.peek(1) == '\n') {
            source.take("\\\n");
        } else if (first == '\\' && source.peek(1) != 0 && escapable.indexOf(source.peek(1)) >= 0) {
            source.next();
            pieces.text(String.valueOf(source.next()), true);
        } else if (first == '$') {
            dollar(pieces, true);
        } else if (first == '`') {
            pieces.add(backquoted(true));
        } else {
            pieces.text(String.valueOf(source.next()), true);
        }
    }

    /** The pieces of a here-document's text. */
    static Word document(String text) throws ShellSyntaxException {
        Source source = new Source(text);
        ShellParser parser = new ShellParser(source);
        WordReader reader = new WordReader(source, parser);
        Collected pieces = new Collected();
        pieces.text("", true);
        while (!source.atEnd()) {
            reader.inQuotes(pieces, "$`\\");
        }
        return new Word(pieces.all(), text);
    }

    private void dollar(Collected pieces, boolean quoted) throws ShellSyntaxException {
        source.next();
        char first = source.peek();
        if (first == '(') {
            pieces.add(parenthesis());
        } else if (first == '{') {
            source.next();
            braces(pieces, quoted);
        } else if (first == '\'' && !quoted) {
            source.next();
            pieces.text(AnsiQuote.read(source), true);
        } else if (first == '"' && !quoted) {
            source.next();
            quoted(pieces);
        } else if (isName(first, true)) {
            pieces.add(new Piece.Variable(name(), quoted));
        } else if (first != 0 && "@*#?-$!0123456789".indexOf(first) >= 0) {
            source.next();
            pieces.add(new Piece.Computed(List.of()));
        } else if (first == '[') {
            throw new ShellSyntaxException("$[ is not understood");
        } else {
            pieces.text("$", true);
        }
    }

    /** {@code $((sum))} when it ends like one, else {@code $(script)}. */
    private Piece parenthesis() throws ShellSyntaxException {
        int start = source.at();
        if (source.take("((")) {
            List<Node> scripts = arithmetic();
            if (scripts != null) {
                return new Piece.Computed(scripts);
            }
            source.backTo(start);
        }
        source.expect("(");
        return new Piece.Computed(List.of(parser.nestedUntil(")")));
    }

    /** What a sum runs, up to its {@code ))}; null when it does not end so, and therefore is none. */
    List<Node> arithmetic() throws ShellSyntaxException {
        Collected pieces = new Collected();
        int open = 0;
        while (!source.atEnd()) {
            char next = source.peek();
            if (next == ')' && open == 0) {
                return source.take("))") ? new Word(pieces.all(), "").scripts() : null;
            }
            open += next == '(' ? 1 : next == ')' ? -1 : 0;
            if (next == '\'') {
                return null; // means different things to different shells
            }
            if (next == '"') {
                source.next();
                quoted(pieces);
            } else {
                inQuotes(pieces, "$`\"\\");
            }
        }
        return null;
    }

    private void braces(Collected pieces, boolean quoted) throws ShellSyntaxException {
        int start = source.at();
        if (isName(source.peek(), true)) {
            String name = name();
            if (source.take("}")) {
                pieces.add(new Piece.Variable(name, quoted));
                return;
            }
        } else if (source.peek() == ' ' || source.peek() == '|' || source.peek() == '\n' || source.peek() == '\t') {
            throw new ShellSyntaxException("${ with a command in it is not understood");
        }
        Collected inner = new Collected();
        source.enter();
        while (!source.take("}")) {
            if (source.atEnd()) {
                throw new ShellSyntaxException("${ is not closed");
            }
            if (quoted || source.peek() == '"') {
                if (source.take("\"")) {
                    quoted(inner);
                } else {
                    inQuotes(inner, "$`\"\\}");
                }
            } else {
                unquoted(inner);
            }
        }
        source.leave();
        if (source.since(start).matches("(?s).*@[A-Za-z]\\}")) {
            throw new ShellSyntaxException("${…@…} is not understood");
        }
        pieces.add(new Piece.Computed(new Word(inner.all(), "").scripts()));
    }

    private Piece backquoted(boolean inQuotes) throws ShellSyntaxException {
        source.next();
        StringBuilder script = new StringBuilder();
        while (source.peek() != '`' || source.atEnd()) {
            if (source.atEnd()) {
                throw new ShellSyntaxException("a ` is not closed");
            }
            char next = source.next();
            boolean escapes =
                    next == '\\' && source.peek() != 0 && (inQuotes ? "$`\\\"" : "$`\\").indexOf(source.peek()) >= 0;
            script.append(escapes ? source.next() : next);
        }
        source.next();
        source.enter();
        Node node = ShellParser.parse(script.toString());
        source.leave();
        return new Piece.Computed(List.of(node));
    }

    private String name() {
        int start = source.at();
        while (isName(source.peek(), source.at() == start)) {
            source.next();
        }
        return source.since(start);
    }

    static boolean isName(char character, boolean first) {
        return character == '_'
                || character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || !first && character >= '0' && character <= '9';
    }

    /** Pieces, texts of one kind joined. */
    private static final class Collected {
        private final List<Piece> pieces = new ArrayList<>();

        void add(Piece piece) {
            pieces.add(piece);
        }

        void text(String text, boolean quoted) {
            if (!pieces.isEmpty() && pieces.getLast() instanceof Piece.Text last && last.quoted() == quoted) {
                pieces.set(pieces.size() - 1, new Piece.Text(last.text() + text, quoted));
            } else {
                pieces.add(new Piece.Text(text, quoted));
            }
        }

        List<Piece> all() {
            return pieces;
        }
    }
}
