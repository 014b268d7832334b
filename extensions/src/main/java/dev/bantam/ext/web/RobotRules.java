package dev.bantam.ext.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a robots.txt allows this program (RFC 9309): the groups that name it, else those for all; the longest rule that
 * fits wins, and of two as long the one that allows.
 */
record RobotRules(List<Rule> rules) {
    private static final String OURS = "bantam";

    /** Everything is allowed. */
    static final RobotRules NONE = new RobotRules(List.of());

    record Rule(boolean allows, int length, Pattern paths) {
        static Rule of(boolean allows, String path) {
            boolean exact = path.endsWith("$");
            String plain = exact ? path.substring(0, path.length() - 1) : path;
            String pattern =
                    List.of(plain.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
            return new Rule(allows, path.length(), Pattern.compile(pattern + (exact ? "" : ".*"), Pattern.DOTALL));
        }
    }

    static RobotRules parse(String text) {
        List<Rule> ours = new ArrayList<>();
        List<Rule> everybodys = new ArrayList<>();
        boolean named = false;
        boolean inOurs = false;
        boolean inEverybodys = false;
        boolean inAgents = false;
        for (String line : text.replace("\uFEFF", "").split("\\R")) {
            String[] field = line.replaceFirst("#.*", "").split(":", 2);
            if (field.length < 2) {
                continue;
            }
            String value = field[1].strip();
            switch (field[0].strip().toLowerCase(Locale.ROOT)) {
                case "user-agent" -> {
                    String agent = value.toLowerCase(Locale.ROOT);
                    inOurs = inAgents && inOurs || agent.startsWith(OURS);
                    inEverybodys = inAgents && inEverybodys || agent.equals("*");
                    inAgents = true;
                    named |= agent.startsWith(OURS);
                }
                case "allow", "disallow" -> {
                    inAgents = false;
                    if (!value.isEmpty()) {
                        Rule rule = Rule.of(field[0].strip().equalsIgnoreCase("allow"), value);
                        (inOurs ? ours : inEverybodys ? everybodys : new ArrayList<Rule>()).add(rule);
                    }
                }
                default -> {} // a site map, a delay
            }
        }
        return new RobotRules(named ? ours : everybodys);
    }

    boolean allows(String path) {
        return rules.stream()
                .filter(rule -> rule.paths().matcher(path).matches())
                .max(Comparator.comparingInt(Rule::length).thenComparing(Rule::allows))
                .map(Rule::allows)
                .orElse(true);
    }
}
