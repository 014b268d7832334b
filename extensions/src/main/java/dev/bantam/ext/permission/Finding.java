package dev.bantam.ext.permission;

import java.util.List;

/**
 * What one command of a script, or one redirection, would do.
 *
 * @param command as it was written, in words; a word that is not known before it runs is {@link #UNKNOWN}
 * @param why completes the sentence "it …"
 * @param paths absolute paths that it touches, as far as they are known
 * @param hosts that it speaks to, as far as they are known
 */
record Finding(Risk risk, List<String> command, String why, List<String> paths, List<String> hosts) {
    /** No word of a command line can hold it. */
    static final String UNKNOWN = "\0";

    Finding {
        command = List.copyOf(command);
        paths = List.copyOf(paths);
        hosts = List.copyOf(hosts);
    }

    Finding(Risk risk, List<String> command, String why) {
        this(risk, command, why, List.of(), List.of());
    }

    Finding(Risk risk, List<String> command, String why, List<String> paths) {
        this(risk, command, why, paths, List.of());
    }

    /** The command for people. */
    String shown() {
        return String.join(" ", command).replace(UNKNOWN, "…");
    }

    boolean wholeKnown() {
        return command.stream().noneMatch(word -> word.contains(UNKNOWN));
    }
}
