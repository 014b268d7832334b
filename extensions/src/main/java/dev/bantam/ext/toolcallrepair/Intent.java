package dev.bantam.ext.toolcallrepair;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Tells calls from data and from examples, by what stands around them. */
final class Intent {
    private static final int LOOKED_AT = 300;
    private static final Pattern EXAMPLE = Pattern.compile(
            "(?i)\\b(examples?|for instance|such as|looks? like|would (?:be|look|say|send|write))\\b|\\be\\.g\\.");
    private static final Pattern SPOKEN_OF =
            Pattern.compile("(?i)^(?:this|that|it) (?:is|was) (?:what|how|an?\\b|the (?:form|shape|syntax)\\b)"
                    + "|\\b(?:this|that|it|which) would\\b|\\b(?:said|sent|printed|returned|means)\\b");
    private static final Pattern NAME = Pattern.compile(
            "[\"'\u201c](?:name|tool|tool_name|function)[\"'\u201d]\\s*+:\\s*+[\"'\u201c]([\\w.-]{1,64})[\"'\u201d]"
                    + "|<function\\s*+(?:=|name=)\\s*+[\"']?+([\\w.-]{1,64})"
                    + "|\\[TOOL_CALLS]\\s*+([\\w.-]{1,64})(?:\\[|\\s*+\\{)"
                    + "|<\\|python_tag\\|>\\s*+([\\w-]{1,64})(?:\\.call)?+\\(");
    private static final Pattern ARGUMENTS =
            Pattern.compile("[\"'\u201c](?:arguments|parameters|input|args|params)[\"'\u201d]\\s*+:\\s*+[{\"'\u201c]");

    private final String text;
    private final List<Candidate> candidates;
    private final int tail;

    /** @param candidates of the text, in its order */
    Intent(String text, List<Candidate> candidates) {
        this.text = text;
        this.candidates = List.copyOf(candidates);
        this.tail = tail(text, candidates);
    }

    private static int tail(String text, List<Candidate> candidates) {
        int tail = text.length();
        for (Candidate candidate : candidates.reversed()) {
            if (Blanks.behind(text, candidate.end()) < tail) {
                break;
            }
            tail = candidate.start();
        }
        return tail;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /** Whether JSON without call markup is a call: nobody introduces it as an example, or speaks of bare JSON behind it. */
    boolean isCall(Candidate candidate) {
        return !isExample(candidate) && (candidate.form() == Form.JSON_FENCE || !isSpokenOf(candidate));
    }

    /** Whether markup is quoted: it stands amid a line whose beginning says that an example follows. */
    boolean isQuoted(Candidate candidate) {
        int line = text.lastIndexOf('\n', candidate.start() - 1) + 1;
        return EXAMPLE.matcher(text.substring(line, candidate.start())).find()
                && !Blanks.endLine(text, candidate.end());
    }

    /** Whether so much prose stands behind bare JSON that it may be shown rather than called. */
    boolean isAmidProse(Candidate candidate) {
        return candidate.form() == Form.BARE && behind(candidate).length() > LOOKED_AT;
    }

    /** Whether nothing but candidates stands from this one to the end of the text. */
    boolean isLast(Candidate candidate) {
        return candidate.start() >= tail;
    }

    /** The tool's name in a candidate that cannot be read; empty if there is none. */
    String toolName(Candidate candidate) {
        Matcher matcher = NAME.matcher(beginning(candidate));
        if (!matcher.find()) {
            return "";
        }
        return IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(matcher::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    /** Whether a candidate that cannot be read has something like arguments. */
    boolean hasArguments(Candidate candidate) {
        return ARGUMENTS.matcher(beginning(candidate)).find();
    }

    private String beginning(Candidate candidate) {
        return text.substring(candidate.start(), Math.min(text.length(), candidate.start() + LOOKED_AT));
    }

    /** Whether the line behind it, blank ones aside, tells what it is. */
    private boolean isSpokenOf(Candidate candidate) {
        String line = behind(candidate).lines().findFirst().orElse("");
        return SPOKEN_OF.matcher(line).find() || EXAMPLE.matcher(line).find();
    }

    /** The text from its end to the next candidate. */
    private String behind(Candidate candidate) {
        int next = candidates.indexOf(candidate) + 1;
        int end = next < candidates.size() ? candidates.get(next).start() : text.length();
        return text.substring(candidate.end(), end).strip();
    }

    /** Whether the line before it, blank ones aside, says that an example follows. */
    private boolean isExample(Candidate candidate) {
        String before = text.substring(Math.max(0, candidate.start() - LOOKED_AT), candidate.start())
                .stripTrailing();
        return EXAMPLE.matcher(before.substring(before.lastIndexOf('\n') + 1)).find();
    }
}
