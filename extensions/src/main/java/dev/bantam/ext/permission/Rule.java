package dev.bantam.ext.permission;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rule of the user: which findings it means. */
sealed interface Rule {
    /** @param pattern the program's name first */
    record Command(WordPattern pattern) implements Rule {}

    /** @param matcher for absolute paths */
    record Paths(PathMatcher matcher) implements Rule {}

    record Network(WordPattern host) implements Rule {}

    /**
     * Reads one: {@code git push *}, {@code path:~/data/**} or {@code network:*.example.com}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Rule of(String text, Path root, Path home) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a permission rule is empty. Write a command, such as \"git push *\","
                    + " or path:PATTERN, or network:HOST.");
        }
        if (text.startsWith("network:")) {
            return new Network(WordPattern.of(text.substring("network:".length())));
        }
        if (!text.startsWith("path:")) {
            return new Command(WordPattern.of(text));
        }
        String pattern = text.substring("path:".length()).strip();
        String absolute = pattern.startsWith("~/") || pattern.equals("~")
                ? home + pattern.substring(1)
                : pattern.startsWith("/") ? pattern : root + "/" + pattern;
        return new Paths(FileSystems.getDefault().getPathMatcher("glob:" + absolute));
    }

    static List<Rule> all(List<?> texts, Path root, Path home) {
        List<Rule> rules = new ArrayList<>();
        texts.forEach(text -> rules.add(of(text.toString(), root, home)));
        return List.copyOf(rules);
    }

    /** Whether something that it means is in the finding. */
    default boolean touches(Finding finding) {
        return switch (this) {
            case Command(WordPattern pattern) -> pattern.matches(finding.command(), true);
            case Paths(PathMatcher matcher) ->
                finding.paths().stream().anyMatch(path -> matcher.matches(Path.of(path)));
            case Network(WordPattern host) ->
                speaks(finding) && (finding.hosts().isEmpty() || anyHost(host, finding));
        };
    }

    /** Whether all that is in the finding is what it means. */
    default boolean covers(Finding finding) {
        return switch (this) {
            case Command(WordPattern pattern) -> pattern.matches(finding.command(), false);
            case Paths(PathMatcher matcher) ->
                !finding.paths().isEmpty()
                        && finding.risk() != Risk.UNSEEN
                        && finding.paths().stream().allMatch(path -> matcher.matches(Path.of(path)));
            case Network(WordPattern host) ->
                speaks(finding)
                        && (host.words().equals(List.of("*"))
                                || !finding.hosts().isEmpty()
                                        && finding.hosts().stream()
                                                .allMatch(name -> host.matches(List.of(name), false)));
        };
    }

    private static boolean speaks(Finding finding) {
        return finding.risk() == Risk.NETWORK || finding.risk() == Risk.SENDS;
    }

    private static boolean anyHost(WordPattern host, Finding finding) {
        return finding.hosts().stream().anyMatch(name -> host.matches(List.of(name), false));
    }

    /** The first that covers a finding. */
    static Optional<Rule> covering(List<Rule> rules, Finding finding) {
        return rules.stream().filter(rule -> rule.covers(finding)).findFirst();
    }
}
