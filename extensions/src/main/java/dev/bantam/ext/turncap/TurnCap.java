package dev.bantam.ext.turncap;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Limits what a run may take. */
public final class TurnCap implements Extension {
    static final String NAME = "turn-cap";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Ends a run that takes too many turns, tokens, minutes or dollars.";
    }

    @Override
    public List<Setting<?>> settings() {
        return Limits.SETTINGS;
    }

    /** @throws IllegalArgumentException when a limit is out of its range, or cannot be kept */
    @Override
    public Hooks open(ExtensionContext context) {
        return new TurnCapHooks(context, Limits.of(context));
    }
}
