package dev.bantam.ext.permission.shell;

import dev.bantam.ext.permission.shell.Node.Assignment;
import dev.bantam.ext.permission.shell.Node.Redirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads commands: lists, pipelines, compound commands, and simple ones. */
public final class ShellParser {
    private static final int LONGEST = 100_000;
    private static final Set<String> CLOSING =
            Set.of("then", "else", "elif", "fi", "do", "done", "esac", "in", "}", "]]");
    /** A sum that a shell without sums would take for a command: a name alone, or with arguments. */
    private static final Pattern COMMAND =
            Pattern.compile("^\\(\\(\\s*[A-Za-z_]\\w*\\s*\\)|[A-Za-z_]\\w*\\s+(-?\\w|[~/.$\"'])");

    private static final Set<String> NOT_UNDERSTOOD = Set.of("coproc");

    private final Source source;
    private final WordReader words;
    private final Redirections redirections;

    ShellParser(Source source) {
        this.source = source;
        this.words = new WordReader(source, this);
        this.redirections = new Redirections(source, words);
    }

    /** @throws ShellSyntaxException when it is no script, or not understood as a whole */
    public static Node parse(String script) throws ShellSyntaxException {
        if (script.length() > LONGEST || script.indexOf('\0') >= 0) {
            throw new ShellSyntaxException("it is too long, or no text");
        }
        Source source = new Source(script);
        ShellParser parser = new ShellParser(source);
        Node node = parser.list();
        if (!source.atEnd()) {
            throw new ShellSyntaxException("unexpected " + source.peek() + " at character " + (source.at() + 1));
        }
        parser.redirections.requireComplete();
        return node;
    }

    /** A script inside of another, with its end, which is taken. */
    Node nestedUntil(String end) throws ShellSyntaxException {
        source.enter();
        ShellParser inner = new ShellParser(source);
        Node node = inner.list();
        inner.redirections.requireComplete();
        source.expect(end);
        source.leave();
        return node;
    }

    private Node list() throws ShellSyntaxException {
        List<Node> members = new ArrayList<>();
        skipLines();
        while (!atListEnd()) {
            Node member = andOr();
            source.skipBlanks();
            if (source.peek() == '&') {
                source.next();
                members.add(new Node.Subshell(member, List.of()));
            } else {
                members.add(member);
                if (source.peek() == ';' && source.peek(1) != ';' && source.peek(1) != '&') {
                    source.next();
                } else if (source.peek() != '\n') {
                    break;
                }
            }
            skipLines();
        }
        return members.size() == 1 ? members.getFirst() : new Node.Sequence(members);
    }

    private boolean atListEnd() {
        return source.atEnd()
                || source.peek() == ')'
                || source.startsWith(";;")
                || source.startsWith(";&")
                || CLOSING.contains(reserved());
    }

    /** Blanks, comments and line ends; behind a line that asked for here-documents, these. */
    private void skipLines() throws ShellSyntaxException {
        source.skipBlanks();
        while (source.peek() == '\n') {
            source.next();
            redirections.readDocuments();
            source.skipBlanks();
        }
    }

    private Node andOr() throws ShellSyntaxException {
        List<Node> members = new ArrayList<>(List.of(pipeline()));
        List<Boolean> onSuccess = new ArrayList<>();
        while (true) {
            source.skipBlanks();
            boolean and = source.take("&&");
            if (!and && !source.take("||")) {
                return members.size() == 1 ? members.getFirst() : new Node.AndOr(members, onSuccess);
            }
            onSuccess.add(and);
            skipLines();
            members.add(pipeline());
        }
    }

    private Node pipeline() throws ShellSyntaxException {
        source.skipBlanks();
        while (takeReserved("!") || takeReserved("time")) {
            source.skipBlanks();
            takeReserved("-p");
            source.skipBlanks();
        }
        List<Node> members = new ArrayList<>(List.of(command()));
        while (true) {
            source.skipBlanks();
            if (source.startsWith("||") || !source.take("|")) {
                return members.size() == 1 ? members.getFirst() : new Node.Pipeline(members);
            }
            source.take("&");
            skipLines();
            members.add(command());
        }
    }

    private Node command() throws ShellSyntaxException {
        source.enter();
        source.skipBlanks();
        Node node = compound().orElse(null);
        if (node == null) {
            node = simple();
        } else {
            List<Redirection> all = redirections.all();
            if (!all.isEmpty()) {
                node = new Node.Group(node, all);
            }
        }
        source.leave();
        return node;
    }

    private Optional<Node> compound() throws ShellSyntaxException {
        if (source.startsWith("((")) {
            int start = source.at();
            source.take("((");
            List<Node> scripts = words.arithmetic();
            if (scripts != null) {
                if (COMMAND.matcher(source.since(start)).find()) {
                    throw new ShellSyntaxException("this (( means other things to other shells");
                }
                return Optional.of(new Node.Compound(List.of(), scripts, Optional.empty(), List.of()));
            }
            source.backTo(start);
        }
        if (source.take("(")) {
            return Optional.of(new Node.Subshell(nestedUntil(")"), List.of()));
        }
        String reserved = reserved();
        if (NOT_UNDERSTOOD.contains(reserved) || CLOSING.contains(reserved)) {
            throw new ShellSyntaxException(reserved + " is not understood here");
        }
        return switch (reserved) {
            case "{", "if", "while", "until", "for", "select", "case", "[[", "function" -> {
                takeReserved(reserved);
                yield Optional.of(opened(reserved));
            }
            default -> Optional.empty();
        };
    }

    private Node opened(String reserved) throws ShellSyntaxException {
        return switch (reserved) {
            case "{" -> {
                Node body = list();
                close("}");
                yield new Node.Group(body, List.of());
            }
            case "if" -> conditional();
            case "while", "until" -> {
                Node condition = list();
                close("do");
                Node body = list();
                close("done");
                yield compound(List.of(), List.of(condition, body), Optional.empty());
            }
            case "for", "select" -> loop();
            case "case" -> cases();
            case "[[" -> test();
            default -> function();
        };
    }

    private static Node compound(List<Word> words, List<Node> bodies, Optional<String> variable) {
        return new Node.Compound(words, bodies, variable, List.of());
    }

    private Node conditional() throws ShellSyntaxException {
        List<Node> bodies = new ArrayList<>();
        do {
            bodies.add(list());
            close("then");
            bodies.add(list());
            skipLines();
        } while (takeReserved("elif"));
        if (takeReserved("else")) {
            bodies.add(list());
        }
        close("fi");
        return compound(List.of(), bodies, Optional.empty());
    }

    private Node loop() throws ShellSyntaxException {
        source.skipBlanks();
        List<Node> bodies = new ArrayList<>();
        List<Word> values = new ArrayList<>();
        Optional<String> variable = Optional.empty();
        if (source.take("((")) {
            List<Node> scripts = words.arithmetic();
            if (scripts == null) {
                throw new ShellSyntaxException("a loop's (( is not closed");
            }
            bodies.addAll(scripts);
        } else {
            variable = Optional.of(words.read().source());
            skipLines();
            if (takeReserved("in")) {
                source.skipBlanks();
                while (words.atWord()) {
                    values.add(words.read());
                    source.skipBlanks();
                }
            }
        }
        source.skipBlanks();
        source.take(";");
        skipLines();
        String body = takeReserved("{") ? "}" : "done";
        if (body.equals("done")) {
            close("do");
        }
        bodies.add(list());
        close(body);
        return compound(values, bodies, variable);
    }

    private Node cases() throws ShellSyntaxException {
        source.skipBlanks();
        List<Word> values = new ArrayList<>(List.of(words.read()));
        List<Node> bodies = new ArrayList<>();
        skipLines();
        close("in");
        skipLines();
        while (!takeReserved("esac")) {
            source.take("(");
            do {
                source.skipBlanks();
                values.add(words.read());
                source.skipBlanks();
            } while (source.take("|"));
            source.expect(")");
            bodies.add(list());
            skipLines();
            if (!source.take(";;&")
                    && !source.take(";;")
                    && !source.take(";&")
                    && !reserved().equals("esac")) {
                throw new ShellSyntaxException("a case does not end");
            }
            skipLines();
        }
        return compound(values, bodies, Optional.empty());
    }

    private Node test() throws ShellSyntaxException {
        List<Word> values = new ArrayList<>();
        while (true) {
            skipLines();
            if (takeReserved("]]")) {
                return compound(values, List.of(), Optional.empty());
            }
            if (source.atEnd() || source.peek() == ';') {
                throw new ShellSyntaxException("[[ is not closed");
            }
            if (words.atWord()) {
                values.add(words.read());
            } else {
                operator();
            }
        }
    }

    /** Shells without [[ take it for a program, and what stands behind &&, || or > for what they mean elsewhere. */
    private void operator() throws ShellSyntaxException {
        char operator = source.next();
        boolean list = (operator == '&' || operator == '|') && source.peek() == operator;
        if (list) {
            source.next();
            source.skipBlanks();
        }
        if (operator == '>' || list && WordReader.isName(source.peek(), true)) {
            throw new ShellSyntaxException("this [[ means other things to other shells");
        }
    }

    private Node function() throws ShellSyntaxException {
        source.skipBlanks();
        String name = words.read().source();
        source.skipBlanks();
        if (source.take("(")) {
            source.skipBlanks();
            source.expect(")");
        }
        return body(name);
    }

    private Node body(String name) throws ShellSyntaxException {
        skipLines();
        return new Node.Function(name, command());
    }

    private Node simple() throws ShellSyntaxException {
        List<Assignment> assignments = new ArrayList<>();
        List<Word> all = new ArrayList<>();
        List<Redirection> found = new ArrayList<>();
        boolean both = false;
        while (true) {
            source.skipBlanks();
            both |= source.startsWith("&>");
            Optional<Redirection> redirection = redirections.next();
            if (redirection.isPresent()) {
                found.add(redirection.get());
                continue;
            }
            if (!words.atWord()) {
                break;
            }
            if (both) {
                throw new ShellSyntaxException("&> before a word ends the command in some shells, and not in others");
            }
            Optional<Assignment> assignment = all.isEmpty() ? Assignments.next(source, words) : Optional.empty();
            if (assignment.isPresent()) {
                assignments.add(assignment.get());
                continue;
            }
            all.add(words.read());
        }
        if (source.peek() == '(') {
            return functionNamed(assignments, all, found);
        }
        if (assignments.isEmpty() && all.isEmpty() && found.isEmpty()) {
            throw new ShellSyntaxException("expected a command at character " + (source.at() + 1));
        }
        return new Node.Simple(assignments, all, found);
    }

    private Node functionNamed(List<Assignment> assignments, List<Word> all, List<Redirection> found)
            throws ShellSyntaxException {
        if (all.size() != 1 || !assignments.isEmpty() || !found.isEmpty()) {
            throw new ShellSyntaxException("unexpected ( at character " + (source.at() + 1));
        }
        source.expect("(");
        source.skipBlanks();
        source.expect(")");
        return body(all.getFirst().source());
    }

    private void close(String reserved) throws ShellSyntaxException {
        skipLines();
        if (!takeReserved(reserved)) {
            throw new ShellSyntaxException("expected " + reserved + " at character " + (source.at() + 1));
        }
    }

    /** The plain word that comes next, as far as it could be a reserved one. */
    private String reserved() {
        int length = 0;
        while (source.peek(length) != 0 && " \t\n|&;()<>".indexOf(source.peek(length)) < 0 && length < 9) {
            length++;
        }
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append(source.peek(i));
        }
        return word.toString();
    }

    private boolean takeReserved(String word) {
        return reserved().equals(word) && source.take(word);
    }
}
