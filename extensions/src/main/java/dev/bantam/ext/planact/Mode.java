package dev.bantam.ext.planact;

import java.util.Locale;

/** Who says yes to a plan. */
enum Mode {
    /** No plan is made. */
    OFF,
    /** A person, before anything is changed. */
    ASK,
    /** Nobody. */
    AUTO,
    /** Somebody has, before the program was started. */
    REQUIRE;

    static Mode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
