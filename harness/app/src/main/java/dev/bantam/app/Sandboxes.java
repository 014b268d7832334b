package dev.bantam.app;

import dev.bantam.api.Sandbox;
import dev.bantam.core.settings.ConfigException;
import dev.bantam.core.settings.Settings;
import dev.bantam.sandbox.PlainProcess;

/** The sandboxes that this version has. */
final class Sandboxes {
    private Sandboxes() {}

    /**
     * The one that the settings want.
     *
     * @throws ConfigException for a kind that is not there yet; no other takes its place
     */
    static Sandbox open(Settings settings) throws ConfigException {
        check(settings);
        return new PlainProcess();
    }

    /** As {@link #open}, without starting anything. */
    static void check(Settings settings) throws ConfigException {
        String kind = settings.get(AppSettings.SANDBOX);
        if (kind.equals("docker") || kind.equals("bubblewrap")) {
            throw new ConfigException("--sandbox " + kind + " is not available yet. This version runs commands as plain"
                    + " processes of yours with a clean environment: --sandbox none");
        }
    }
}
