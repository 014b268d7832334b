package dev.bantam.app.setup;

import dev.bantam.core.settings.ConfigException;

/** Checks numbers of the command line. */
public final class Bounds {
    private Bounds() {}

    public static void atLeast(String option, int value, int least) throws ConfigException {
        if (value < least) {
            throw new ConfigException(option + " must be at least " + least + ", not " + value);
        }
    }

    public static void atMost(String option, int value, int most) throws ConfigException {
        if (value > most) {
            throw new ConfigException(option + " can be at most " + most + ", not " + value);
        }
    }
}
