package dev.bantam.ext.permission;

import java.util.Optional;

/**
 * A word of a command, expanded as far as that can be told before it runs.
 *
 * @param value empty when only the run can tell
 * @param glob whether file names take its place
 * @param below where the value is unknown: whether it is surely some file of the workspace
 */
record Arg(Optional<String> value, boolean glob, boolean below) {
    static final Arg UNKNOWN = new Arg(Optional.empty(), false, false);
    static final Arg SOME_FILE = new Arg(Optional.empty(), false, true);

    Arg(Optional<String> value, boolean glob) {
        this(value, glob, false);
    }

    static Arg of(String value) {
        return new Arg(Optional.of(value), false);
    }

    /** The text, or what stands for an unknown one. */
    String text() {
        return value.orElse(Finding.UNKNOWN);
    }

    /** Whether it is, or could be, an option. */
    boolean maybeOption() {
        return value.isEmpty() || value.get().startsWith("-");
    }

    boolean is(String text) {
        return value.isPresent() && value.get().equals(text);
    }
}
