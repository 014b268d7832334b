package dev.bantam.ext.loopguard;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Gets a model out of a loop, in steps. */
public final class LoopGuard implements Extension {
    static final Setting<Integer> STRIKES = Setting.whole(
            "loop-guard.strikes", 6, "Strikes without progress in between after which the run is given up.", 3, 100);
    static final Setting<Integer> QUIET_TURNS = Setting.whole(
            "loop-guard.quiet-turns", 12, "Turns without anything new or changed that count as a strike.", 4, 1_000);
    static final Setting<String> AT_LAST = Setting.text(
            "loop-guard.at-last", "stop", "What giving up means when nobody can be asked.", "stop", "escalate");

    @Override
    public String name() {
        return "loop-guard";
    }

    @Override
    public String summary() {
        return "Notices turns that repeat themselves without effect, and gets the model out of them in steps.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(STRIKES, QUIET_TURNS, AT_LAST);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new LoopHooks(context);
    }
}
