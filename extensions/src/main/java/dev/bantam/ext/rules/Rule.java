package dev.bantam.ext.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One rule of the project, in its own words. */
sealed interface Rule {
    /** As it is written. */
    String text();

    /** Whether the model has it before its eyes already. */
    boolean known();

    /** Files have at most so many lines. */
    record FileLength(String text, boolean known, int lines) implements Rule {}

    /** Existing code is looked for before new is written. */
    record Reuse(String text, boolean known) implements Rule {}

    /** The functions that changed are to be named. */
    record Explain(String text, boolean known) implements Rule {}

    /** Something must not be in what is added. */
    record Without(String text, boolean known, String word) implements Rule {}

    /** Nothing that could be checked. */
    record Told(String text, boolean known) implements Rule {}

    Pattern LINES = Pattern.compile(
            "(?i)(?:under|below|less than|fewer than|at most|no more than|(?:no )?longer than|more than|not (?:be )?longer than|max(?:imum)?(?: of)?|exceed|within"
                    + "|up to|<=?|≤)\\s*:?\\s*(\\d{1,5})\\s*(?:lines|loc)|(\\d{1,5})\\s*(?:-\\s*)?lines?\\s*(?:max|at most|or (?:less|fewer)|limit)");
    Pattern REUSE = Pattern.compile(
            "(?i)\\b(?:check|look|search|prefer|re-?use)\\b.*\\b(?:existing|already)\\b.*|\\bre-?use\\b.*\\b(?:utilit|helper|function|code|component)\\w*.*");
    Pattern EXPLAIN = Pattern.compile(
            "(?i)\\b(?:say|state|explain|tell|list|name|mention|describe)\\b.*\\b(?:which|what|the|every|each|all)\\b.*\\bfunctions?\\b.*"
                    + "\\b(?:chang|modif|edit|touch)\\w*.*");
    Pattern WITHOUT = Pattern.compile(
            "(?i)^(?:never|do not|don't|must not|avoid|no)\\b(?:\\s+(?:ever|use|using|call|calling|import|importing|write|writing|add|adding|leave|leaving|the|any|new)\\b)*\\s*`([^`]{2,40})`.*");

    /** Reads a list item. */
    static Rule of(String text, boolean known) {
        Optional<Integer> lines = fileLength(text);
        if (lines.isPresent()) {
            return new FileLength(text, known, lines.get());
        }
        Matcher without = WITHOUT.matcher(text);
        if (without.matches()) {
            return new Without(text, known, without.group(1).strip());
        }
        if (EXPLAIN.matcher(text).find()) {
            return new Explain(text, known);
        }
        return REUSE.matcher(text).find() ? new Reuse(text, known) : new Told(text, known);
    }

    private static Optional<Integer> fileLength(String text) {
        Matcher matcher = LINES.matcher(text);
        boolean ofFiles = text.matches("(?i).*\\b(files?|modules?)\\b.*")
                && !text.matches("(?i).*\\b(functions?|methods?|class(es)?)\\b.*");
        if (!ofFiles || !matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)));
    }
}
