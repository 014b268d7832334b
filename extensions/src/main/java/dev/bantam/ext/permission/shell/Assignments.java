package dev.bantam.ext.permission.shell;

import dev.bantam.ext.permission.shell.Node.Assignment;
import dev.bantam.ext.permission.shell.Word.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands before a program's name: {@code name=value}. */
final class Assignments {
    private Assignments() {}

    static Optional<Assignment> next(Source source, WordReader words) throws ShellSyntaxException {
        int start = source.at();
        int length = 0;
        while (WordReader.isName(source.peek(length), length == 0)) {
            length++;
        }
        if (length == 0) {
            return Optional.empty();
        }
        char behind = source.peek(length);
        if (behind == '[') {
            return element(source, words, length);
        }
        boolean adds = behind == '+' && source.peek(length + 1) == '=';
        if (behind != '=' && !adds) {
            return Optional.empty();
        }
        for (int i = 0; i < length; i++) {
            source.next();
        }
        String name = source.since(start);
        source.take("+");
        source.expect("=");
        return Optional.of(new Assignment(name, values(source, words), !adds));
    }

    /** {@code name[index]=value}, when it is one. */
    private static Optional<Assignment> element(Source source, WordReader words, int length)
            throws ShellSyntaxException {
        int start = source.at();
        Word word = words.read();
        String written = word.source();
        if (!written.matches("(?s)\\w+\\[.*]\\+?=.*")) {
            source.backTo(start);
            return Optional.empty();
        }
        return Optional.of(new Assignment(written.substring(0, length), List.of(word), false));
    }

    private static List<Word> values(Source source, WordReader words) throws ShellSyntaxException {
        if (!source.take("(")) {
            return words.atWord() ? List.of(words.read()) : List.of(new Word(List.of(new Piece.Text("", true)), ""));
        }
        List<Word> values = new ArrayList<>();
        while (true) {
            source.skipBlanks();
            while (source.take("\n")) {
                source.skipBlanks();
            }
            if (source.take(")")) {
                return values;
            }
            values.add(words.read());
        }
    }
}
