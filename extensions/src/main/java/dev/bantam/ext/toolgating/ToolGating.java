package dev.bantam.ext.toolgating;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Offers only some of the tools. */
public final class ToolGating implements Extension {
    @SuppressWarnings("rawtypes")
    static final Setting<List> ALLOW = Setting.texts(
                    "tool-gating.allow", "Patterns of the tools that are offered; none means all.")
            .userOnly();

    @SuppressWarnings("rawtypes")
    static final Setting<List> DENY = Setting.texts(
                    "tool-gating.deny", "Patterns of tools that are not offered, whatever is allowed.")
            .userOnly();

    @Override
    public String name() {
        return "tool-gating";
    }

    @Override
    public String summary() {
        return "Offers and runs only the tools that are allowed.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ALLOW, DENY);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        Gate gate = new Gate(Gate.patterns(context.setting(ALLOW)), Gate.patterns(context.setting(DENY)));
        return gate.open() ? new Hooks() {} : new ToolGatingHooks(context, gate);
    }
}
