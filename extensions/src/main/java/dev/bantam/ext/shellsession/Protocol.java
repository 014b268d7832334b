package dev.bantam.ext.shellsession;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is typed to the shell. All lines have a word in them by which the {@link Screen} knows them. */
final class Protocol {
    /** Bash where the sandbox's line is run by it; its own line editing would echo. */
    static final String START = "[ -n \"$BASH\" ] && exec \"$BASH\" --noprofile --norc --noediting -i; exec /bin/sh -i";

    private static final String VARIABLE = Screen.OWN + "c";

    /** A terminal takes lines of 4,095 bytes at most. */
    private static final int LONGEST_PIECE = 3_000;

    private static final Pattern EXPORT =
            Pattern.compile("^(declare -\\S+|export) ([A-Za-z_][A-Za-z0-9_]*).*", Pattern.DOTALL);
    private static final Set<String> ITS_OWN = Set.of("PWD", "OLDPWD", "SHLVL", "_");

    private Protocol() {}

    /**
     * Makes the prompt a mark, and goes to the folder. The mark is put together there, so that an echo is none. Ctrl-D is
     * for programs: should it come late, the shell stays.
     */
    static String setUp(String nonce, String folder) {
        String separator = "\"$(printf '\\036')\"";
        return " stty -echo; set -o ignoreeof; " + Screen.OWN + "p=" + separator + "'" + nonce + ":E:$?:$PWD'"
                + separator
                + "; PS1=$" + Screen.OWN + "p; PS2=; HISTFILE=; PROMPT_COMMAND='PS1=$" + Screen.OWN + "p'; cd -- "
                + quoted(folder) + " 2>/dev/null; " + begin(nonce) + "\n";
    }

    /** Runs a command in the shell itself. */
    static String run(String nonce, String command) {
        String encoded = Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_8));
        StringBuilder typed = new StringBuilder(" " + VARIABLE + "=\n");
        for (int from = 0; from < encoded.length(); from += LONGEST_PIECE) {
            String piece = encoded.substring(from, Math.min(encoded.length(), from + LONGEST_PIECE));
            typed.append(' ')
                    .append(VARIABLE)
                    .append("=\"$")
                    .append(VARIABLE)
                    .append("\"")
                    .append(piece)
                    .append('\n');
        }
        return typed + " " + begin(nonce) + "; eval \"$(printf %s \"$" + VARIABLE + "\" | base64 -d)\"\n";
    }

    private static String begin(String nonce) {
        return "printf '\\036" + nonce + ":B\\036'";
    }

    /** What {@code export -p} printed, one entry for each variable. */
    static Set<String> exports(String printed) {
        Set<String> exports = new LinkedHashSet<>();
        StringBuilder entry = new StringBuilder();
        for (String line : printed.split("\n")) {
            if (EXPORT.matcher(line).matches() && !entry.isEmpty()) {
                exports.add(entry.toString());
                entry.setLength(0);
            }
            entry.append(entry.isEmpty() ? "" : "\n").append(line);
        }
        exports.add(entry.toString());
        exports.removeIf(each -> {
            var export = EXPORT.matcher(each);
            return !export.matches() || ITS_OWN.contains(export.group(2));
        });
        return exports;
    }

    /** A job's command line: with the shell's variables, in its folder. */
    static String job(Set<String> exports, String folder, String command) {
        String there = folder.isEmpty() ? "" : "cd -- " + quoted(folder) + " || exit 1\n";
        return exports.stream().map(each -> each + "\n").collect(Collectors.joining()) + there + command;
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
