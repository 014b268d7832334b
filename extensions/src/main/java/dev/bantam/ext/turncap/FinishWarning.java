package dev.bantam.ext.turncap;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Tells the model some turns before a limit of the run. */
public final class FinishWarning implements Extension {
    static final Setting<Integer> TURNS =
            Setting.whole("finish-warning.turns", 5, "How many turns before a limit the model is told.", 1, 1_000);

    @Override
    public String name() {
        return "finish-warning";
    }

    @Override
    public String summary() {
        return "Tells the model some turns before a limit of turn-cap ends the run.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TURNS);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new FinishWarningHooks(context);
    }
}
