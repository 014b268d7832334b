package dev.bantam.ext.turncap;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Limits the turns of a run. */
public final class TurnCap implements Extension {
    static final Setting<Integer> MAX_TURNS =
            Setting.whole("turn-cap.max-turns", 60, "Turns after which a run is stopped; at least 1.");

    @Override
    public String name() {
        return "turn-cap";
    }

    @Override
    public String summary() {
        return "Ends a run that takes too many turns, and tells the model shortly before.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MAX_TURNS);
    }

    /** @throws IllegalArgumentException when the limit is below 1 */
    @Override
    public Hooks open(ExtensionContext context) {
        int limit = context.setting(MAX_TURNS);
        if (limit < 1) {
            throw new IllegalArgumentException("turn-cap.max-turns is " + limit
                    + "; it must be at least 1. Set it, or --max-turns, to 1 or more.");
        }
        return new TurnCapHooks(limit);
    }
}
