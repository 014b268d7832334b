package dev.bantam.app;

import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;

/** Which sandboxes this version has. */
final class Sandboxes {
    private Sandboxes() {}

    /** @throws ConfigException for a kind that is not there yet */
    static void check(Settings settings) throws ConfigException {
        String kind = settings.get(AppSettings.SANDBOX);
        if (kind.equals("docker") || kind.equals("bubblewrap")) {
            throw new ConfigException("--sandbox " + kind + " is not available yet. This version runs commands as plain"
                    + " processes of yours with a clean environment: --sandbox none");
        }
    }
}
