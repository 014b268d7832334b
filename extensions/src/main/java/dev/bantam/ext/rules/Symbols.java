package dev.bantam.ext.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the functions and types that a source text defines, in the usual languages, by their first line. */
final class Symbols {
    private static final Pattern KEYWORD = Pattern.compile(
            "^\\s*(?:[a-z]+\\s+){0,4}?(?:def|function\\*?|func|fn|fun|sub|class|interface|struct|enum|trait|record|protocol)\\s+"
                    + "(?:\\([^)]*\\)\\s*)?([A-Za-z_]\\w*)");
    private static final Pattern ARROW = Pattern.compile(
            "^\\s*(?:export\\s+)?(?:const|let|var)\\s+([A-Za-z_]\\w*)\\s*(?::[^=]+)?=\\s*(?:async\\s*)?(?:function\\b|\\([^)]*\\)\\s*(?::[^=]+)?=>|\\w+\\s*=>)");
    private static final Pattern TYPED = Pattern.compile(
            "^\\s*(?:[\\w<>\\[\\],.?&*]+\\s+){1,5}[*&]?([A-Za-z_]\\w*)\\s*\\([^;]*\\)\\s*(?:const\\s*)?(?:throws [\\w, .]+)?\\{");
    private static final Set<String> NO_NAMES = Set.of(
            "if",
            "for",
            "while",
            "switch",
            "catch",
            "return",
            "new",
            "else",
            "main",
            "__init__",
            "constructor",
            "setUp",
            "tearDown");

    /** Words that say nothing of what a function is about. */
    private static final Set<String> EMPTY_WORDS = Set.of(
            "get", "set", "is", "the", "do", "make", "new", "test", "util", "utils", "helper", "init", "run", "a", "of",
            "to", "from", "with", "by", "and", "in", "for", "create", "build", "handle", "process", "my", "impl");

    private Symbols() {}

    /**
     * A definition.
     *
     * @param line counted from 1
     */
    record Symbol(String name, int line) {}

    static List<Symbol> in(String source) {
        List<Symbol> found = new ArrayList<>();
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            for (Pattern pattern : List.of(KEYWORD, ARROW, TYPED)) {
                Matcher matcher = pattern.matcher(lines.get(i));
                if (lines.get(i).length() < 300 && matcher.find() && !NO_NAMES.contains(matcher.group(1))) {
                    found.add(new Symbol(matcher.group(1), i + 1));
                    break;
                }
            }
        }
        return found;
    }

    /** Whether two names speak of the same thing: half of their words at least are shared. */
    static boolean alike(String one, String other) {
        Set<String> first = words(one);
        Set<String> second = words(other);
        if (first.isEmpty() || second.isEmpty()) {
            return false;
        }
        Set<String> shared = new TreeSet<>(first);
        shared.retainAll(second);
        Set<String> all = new TreeSet<>(first);
        all.addAll(second);
        return shared.size() * 2 >= all.size() && shared.stream().anyMatch(word -> word.length() >= 4);
    }

    private static Set<String> words(String name) {
        Set<String> words = new TreeSet<>();
        for (String word : name.split("_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")) {
            String plain = word.toLowerCase(Locale.ROOT);
            if (!plain.isEmpty() && !EMPTY_WORDS.contains(plain)) {
                words.add(plain.endsWith("s") && plain.length() > 4 ? plain.substring(0, plain.length() - 1) : plain);
            }
        }
        return words;
    }
}
