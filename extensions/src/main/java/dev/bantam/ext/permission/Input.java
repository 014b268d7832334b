package dev.bantam.ext.permission;

import java.util.Optional;

/** What a command reads as its standard input. */
sealed interface Input {
    Input NOTHING = new Nothing();
    Input STREAM = new Stream();

    record Nothing() implements Input {}

    /** Something that only the run can tell. */
    record Stream() implements Input {}

    /** @param text of a here-document; empty when parts of it are not known */
    record Document(Optional<String> text) implements Input {}
}
