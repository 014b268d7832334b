package dev.bantam.ext.secretmask;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds random-looking values that are assigned to names such as {@code db_password} or {@code "apiKey"}. */
final class Assigned {
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?i)(?<![\\w])[\\w.-]{0,60}?(passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
                    + "|auth[_-]?key|secret[_-]?key|encryption[_-]?key|signing[_-]?key|credential)(?:[_-]?(?:value|\\d))?"
                    + "[\"']?[\\])]?\\s{0,4}(?::=|=>|=|:)\\s{0,4}[brfu]{0,2}([\"'`]?)([^\\s\"'`,;<>]{10,300})\\2");
    /** A line as in a file of environment variables: a password there need not look random. */
    private static final Pattern VARIABLE = Pattern.compile(
            "(?m)(?<![\\w.$])[A-Z0-9_]{0,60}?(PASSWORD|PASSWD|SECRET|TOKEN|API_KEY)=([\"']?)([^\\s\"'`,;<>]{8,300})\\2[ \\t]*\\r?$");

    private static final Pattern PATH_OR_CODE = Pattern.compile(
            "(?:\\.{0,2}/|~/|[A-Za-z]:\\\\).*|https?://.*|[A-Za-z_]\\w*(\\.\\w+)+|.*[(){}\\[\\]|&].*|sha(1|256|384|512)[-:].*");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Assigned() {}

    static List<Secret> in(String text) {
        List<Secret> found = new ArrayList<>();
        Matcher matcher = ASSIGNMENT.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(3);
            boolean quoted = !matcher.group(2).isEmpty();
            if (Randomness.looksRandom(value) && !isOther(value, quoted)) {
                found.add(new Secret(kind(matcher.group(1)), value));
            }
        }
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String value = variable.group(3);
            boolean real = KnownSecrets.isSecret(value) && !Randomness.standsForAValue(value);
            if (real && !isOther(value, true)) {
                found.add(new Secret(kind(variable.group(1)), value));
            }
        }
        return found;
    }

    /** Paths, code, and identifiers that a name like "token" also holds. */
    private static boolean isOther(String value, boolean quoted) {
        boolean identifier = !quoted && value.matches("[A-Za-z_$][a-zA-Z_$]*\\d{0,3}[a-zA-Z_$]*\\d?");
        return PATH_OR_CODE.matcher(value).matches()
                || UUID.matcher(value).matches()
                || identifier
                || Placeholders.ANY.matcher("[" + value).find();
    }

    private static String kind(String name) {
        String plain = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[_-]", "");
        return plain.startsWith("passw") || plain.equals("passphrase")
                ? "password"
                : plain.endsWith("key") ? "key" : plain;
    }
}
