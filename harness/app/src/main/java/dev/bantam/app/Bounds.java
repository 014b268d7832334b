package dev.bantam.app;

import dev.bantam.core.settings.ConfigException;

/** Checks numbers of the command line. */
final class Bounds {
    private Bounds() {}

    static void atLeast(String option, int value, int least) throws ConfigException {
        if (value < least) {
            throw new ConfigException(option + " must be at least " + least + ", not " + value);
        }
    }

    static void atMost(String option, int value, int most) throws ConfigException {
        if (value > most) {
            throw new ConfigException(option + " can be at most " + most + ", not " + value);
        }
    }
}
