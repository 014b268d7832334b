package dev.bantam.ext.verifybeforedone;

import java.util.Optional;
import java.util.regex.Pattern;

/** A language's own parser, run as a command where it is installed. */
enum Checker {
    PYTHON(
            "python3",
            "python3 -I -W ignore -c 'import sys; p = sys.argv[1]; compile(open(p, \"rb\").read(), p, \"exec\")' FILE",
            "SyntaxError|IndentationError|TabError",
            "pyi?"),
    /** What is no fault of the file: a module that is not marked as one, and JSX. */
    JAVASCRIPT(
            "node",
            "node --check FILE",
            "SyntaxError(?!: (?:Cannot use import statement outside|Unexpected token '(?:export|<)'))",
            "[cm]?js"),
    GO("gofmt", "gofmt -e FILE > /dev/null", ":\\d+:\\d+: ", "go"),
    SHELL("bash", "bash -n FILE", "line \\d+: ", "(?:ba)?sh"),
    RUBY("ruby", "ruby -c FILE", "(?i)syntax error", "rb"),
    /** A header that is missing, or a name that nobody declared, may be the fault of a search path that is not known here. */
    C("gcc", "gcc -fsyntax-only -w -I. -Iinclude -Isrc FILE", Checker.FIRST_ERROR_OF_C, "c"),
    CPP("g++", "g++ -fsyntax-only -w -I. -Iinclude -Isrc FILE", Checker.FIRST_ERROR_OF_C, "(?:cc|cpp|cxx)"),
    PHP("php", "php -l FILE", "(?i)parse error", "php");

    private static final String FIRST_ERROR_OF_C =
            "(?s)\\A(?:(?!error: ).)*+(?<!fatal )error: (?:expected|stray|missing terminating|unterminated)\\b";

    private final String program;
    private final String command;
    private final Pattern syntax;
    private final Pattern ending;

    Checker(String program, String command, String syntax, String ending) {
        this.program = program;
        this.command = command;
        this.syntax = Pattern.compile(syntax);
        this.ending = Pattern.compile(".*\\." + ending);
    }

    static Optional<Checker> of(String name) {
        for (Checker checker : values()) {
            if (checker.ending.matcher(name).matches()) {
                return Optional.of(checker);
            }
        }
        return Optional.empty();
    }

    /** @param path relative to the workspace */
    String line(String path) {
        String quoted = "'./" + path.replace("'", "'\\''") + "'";
        return "if command -v " + program + " >/dev/null 2>&1; then " + command.replace("FILE", quoted) + "; fi";
    }

    /** Whether what it printed tells of a fault in the file, and of no other trouble. */
    boolean isSyntax(String output) {
        return syntax.matcher(output).find();
    }
}
