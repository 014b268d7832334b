package dev.bantam.ext.permission;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern for the arguments of a command: words, in which {@code *} stands for any characters; a {@code *} alone
 * stands for any number of words.
 */
record WordPattern(List<String> words) {
    WordPattern {
        words = List.copyOf(words);
    }

    static WordPattern of(String text) {
        return new WordPattern(List.of(text.strip().split("\\s+")));
    }

    /** @param suspicious whether a word that is not known yet is taken for the one that is looked for */
    boolean matches(List<String> args, boolean suspicious) {
        return matches(0, args, suspicious);
    }

    private boolean matches(int from, List<String> args, boolean suspicious) {
        if (from == words.size()) {
            return args.isEmpty();
        }
        if (words.get(from).equals("*")) {
            for (int taken = 0; taken <= args.size(); taken++) {
                if (matches(from + 1, args.subList(taken, args.size()), suspicious)) {
                    return true;
                }
            }
            return false;
        }
        return !args.isEmpty()
                && word(words.get(from), args.getFirst(), suspicious)
                && matches(from + 1, args.subList(1, args.size()), suspicious);
    }

    private static boolean word(String pattern, String arg, boolean suspicious) {
        boolean exact = pattern.startsWith("=");
        if (arg.equals(Finding.UNKNOWN)) {
            return suspicious && !exact;
        }
        return glob(exact ? pattern.substring(1) : pattern).matcher(arg).matches();
    }

    /** {@code *} for any characters, {@code |} for a choice. */
    static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String piece : pattern.split("(?<=[*|])|(?=[*|])")) {
            regex.append(piece.equals("*") ? ".*" : piece.equals("|") ? "|" : Pattern.quote(piece));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
