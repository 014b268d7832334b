package dev.bantam.ext.verifybeforedone;

import java.util.regex.Pattern;

/** Whether what a person said asks for a change of files. */
final class ChangeRequest {
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?:;\\n])\\s+|,? (?:and|then) |, ");
    private static final Pattern ASKED = Pattern.compile(
            "(?i)^(?:[-*]\\s+|\\d+[.)]\\s+)?(?:(?:please|now|first|next|then|also|finally|just|ok(?:ay)?|can you|could you"
                    + "|would you|will you|you should|I want you to|I need you to|I'd like you to|help me(?: to)?|let's|go"
                    + " and)[, ]+){0,4}(?:fix|add|create|write|implement|change|update|remove|delete|rename|refactor|replace|make"
                    + "|modify|edit|correct|repair|convert|move|extract|build|generate|set up|complete|solve|insert|port"
                    + "|migrate|bump|clean up|document|rewrite|extend|introduce|split|inline|translate|format|append)\\b");
    private static final Pattern THING =
            Pattern.compile("(?i)[\\w-]+\\.[a-z]\\w{0,4}\\b|\\w/\\w|\\b(?:files?|functions?|class(?:es)?"
                    + "|methods?|tests?|bugs?|errors?|code|modules?|scripts?|config(?:uration)?|readme|project|repo(?:sitory)?"
                    + "|packages?|imports?|endpoints?|pages?|components?|folders?|director(?:y|ies)|programs?|app|server|parser"
                    + "|command|option|flag|field|variables?|typos?)\\b");
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(?i)\\b(?:do not|don['\u2019]t|without|never) (?:chang|edit|modify|writ|touch"
                    + "|creat|mak)\\w*|\\b(?:only|just) (?:explain|tell|show|look|read|answer|describe)\\b|\\bread-only\\b|\\bin (?:the|your) (?:chat|reply|answer)\\b");

    private ChangeRequest() {}

    static boolean in(String said) {
        return THING.matcher(said).find()
                && !FORBIDDEN.matcher(said).find()
                && SENTENCE.splitAsStream(said.strip())
                        .anyMatch(sentence -> ASKED.matcher(sentence.strip()).find());
    }
}
