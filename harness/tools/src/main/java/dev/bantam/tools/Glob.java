package dev.bantam.tools;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for paths: {@code *} and {@code ?} stay within a name, {@code **} crosses folders and may be none of them,
 * {@code [a-z]} and <code>{a,b}</code> choose. One without {@code /} matches the file's name in every folder.
 */
final class Glob {
    private final Pattern pattern;
    private final boolean nameOnly;

    private Glob(Pattern pattern, boolean nameOnly) {
        this.pattern = pattern;
        this.nameOnly = nameOnly;
    }

    /** @throws PatternSyntaxException when brackets or braces are not closed */
    static Glob of(String text) {
        String glob = text.startsWith("./") ? text.substring(2) : text;
        return new Glob(Pattern.compile(regex(glob), Pattern.DOTALL), !glob.contains("/"));
    }

    /** @param path relative, {@code /} between names */
    boolean matches(String path) {
        String subject = nameOnly ? path.substring(path.lastIndexOf('/') + 1) : path;
        return pattern.matcher(subject).matches();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    boolean crosses = glob.startsWith("**", i);
                    boolean folders = glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/');
                    regex.append(folders ? "(?:.*/)?" : crosses ? ".*" : "[^/]*");
                    i += folders ? 2 : crosses ? 1 : 0;
                }
                case '?' -> regex.append("[^/]");
                case '[' -> i = copyClass(glob, i, regex);
                case '{' -> {
                    braces++;
                    regex.append("(?:");
                }
                case '}' -> regex.append(braces-- > 0 ? ")" : "\\}");
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    i = Math.min(i + 1, glob.length() - 1);
                    regex.append(Pattern.quote(glob.substring(i, i + 1)));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            braces = Math.max(0, braces);
        }
        if (braces > 0) {
            throw new PatternSyntaxException("{ is not closed", glob, glob.lastIndexOf('{'));
        }
        return regex.toString();
    }

    private static int copyClass(String glob, int start, StringBuilder regex) {
        int end = glob.indexOf(']', start + 2);
        if (end < 0) {
            throw new PatternSyntaxException("[ is not closed", glob, start);
        }
        String inside = glob.substring(start + 1, end);
        boolean negated = inside.startsWith("!") || inside.startsWith("^");
        String members = (negated ? inside.substring(1) : inside)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace("&&", "&\\&");
        regex.append(negated ? "[^/" : "[").append(members).append(']');
        return end;
    }
}
