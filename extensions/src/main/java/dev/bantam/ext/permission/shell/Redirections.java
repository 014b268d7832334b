package dev.bantam.ext.permission.shell;

import dev.bantam.ext.permission.shell.Node.Redirection;
import dev.bantam.ext.permission.shell.Word.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads redirections, and the here-documents that they ask for from the lines below. */
final class Redirections {
    private final Source source;
    private final WordReader words;
    private int asked;
    private String pendingEnd = "";
    private boolean pendingTabs;
    private int pendingAt;

    Redirections(Source source, WordReader words) {
        this.source = source;
        this.words = words;
    }

    List<Redirection> all() throws ShellSyntaxException {
        List<Redirection> all = new ArrayList<>();
        while (true) {
            source.skipBlanks();
            Optional<Redirection> next = next();
            if (next.isEmpty()) {
                return all;
            }
            all.add(next.get());
        }
    }

    Optional<Redirection> next() throws ShellSyntaxException {
        int digits = 0;
        while (source.peek(digits) >= '0' && source.peek(digits) <= '9') {
            digits++;
        }
        char operator = source.peek(digits);
        boolean both = digits == 0 && (source.startsWith("&>"));
        if (operator != '<' && operator != '>' && !both) {
            return Optional.empty();
        }
        if (source.peek(digits + 1) == '(' && !both) {
            return Optional.empty(); // a process in a word's place
        }
        for (int i = 0; i < digits; i++) {
            source.next();
        }
        return Optional.of(read());
    }

    private Redirection read() throws ShellSyntaxException {
        if (source.take("<<<")) {
            return new Redirection.Document(operand());
        }
        if (source.take("<<-")) {
            return document(true);
        }
        if (source.take("<<")) {
            return document(false);
        }
        if (source.take("<&") || source.take(">&")) {
            Word target = operand();
            String written = target.source();
            return written.matches("\\d+-?|-") ? new Redirection.Descriptor(written) : new Redirection.To(target);
        }
        for (String writing : List.of("&>>", "&>", ">>", ">|", "<>", ">")) {
            if (source.take(writing)) {
                return new Redirection.To(operand());
            }
        }
        source.expect("<");
        return new Redirection.From(operand());
    }

    private Word operand() throws ShellSyntaxException {
        source.skipBlanks();
        return words.read();
    }

    /**
     * Looks ahead for the document: the text begins behind this line. To keep to one meaning, one document a line is
     * understood, and no line end inside of quotes between its operator and the text.
     */
    private Redirection document(boolean tabs) throws ShellSyntaxException {
        if (asked++ > 0) {
            throw new ShellSyntaxException("several here-documents on one line");
        }
        Word end = operand();
        boolean literal = end.source().chars().anyMatch(it -> it == '\'' || it == '"' || it == '\\');
        String word = end.pieces().stream()
                .map(piece -> piece instanceof Piece.Text text ? text.text() : "$")
                .collect(Collectors.joining());
        if (word.contains("$") || word.isEmpty() || word.contains("\n")) {
            throw new ShellSyntaxException("a here-document's end is not understood");
        }
        int behind = source.at();
        source.takeLine();
        pendingAt = source.at();
        String text = lines(word, tabs);
        source.backTo(behind);
        pendingEnd = word;
        pendingTabs = tabs;
        return new Redirection.Document(
                literal ? new Word(List.of(new Piece.Text(text, true)), text) : WordReader.document(text));
    }

    private String lines(String end, boolean tabs) throws ShellSyntaxException {
        StringBuilder text = new StringBuilder();
        while (true) {
            String line = source.takeLine();
            String bare = tabs ? line.replaceFirst("^\t+", "") : line;
            if (bare.equals(end)) {
                return text.toString();
            }
            text.append(bare).append('\n');
        }
    }

    /** Behind a line: steps over the text that was asked for in it. */
    void readDocuments() throws ShellSyntaxException {
        if (asked > 0 && source.at() != pendingAt) {
            throw new ShellSyntaxException("a here-document begins inside of a quote");
        }
        if (asked > 0) {
            lines(pendingEnd, pendingTabs);
            asked = 0;
        }
    }

    /** @throws ShellSyntaxException when a text was asked for and its line never ended */
    void requireComplete() throws ShellSyntaxException {
        if (asked > 0) {
            throw new ShellSyntaxException(
                    "a here-document is asked for inside of something that ends before its text");
        }
    }
}
