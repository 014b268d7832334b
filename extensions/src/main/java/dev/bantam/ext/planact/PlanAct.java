package dev.bantam.ext.planact;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Makes a plan before anything is changed, and carries it out step by step. */
public final class PlanAct implements Extension {
    static final Setting<String> MODE = Setting.text(
            "plan-act.mode",
            "off",
            "Plan first: ask (a person says yes), auto (nobody is asked), require (an approved plan file), or off.",
            "off",
            "ask",
            "auto",
            "require");
    static final Setting<String> FILE =
            Setting.text("plan-act.file", "PLAN.md", "Where the plan is written; with require, the plan to carry out.");

    @Override
    public String name() {
        return "plan-act";
    }

    @Override
    public String summary() {
        return "Makes a plan before anything is changed, and carries it out step by step; off until asked for.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MODE, FILE);
    }

    /** @throws IllegalArgumentException when an approved plan is required and there is none */
    @Override
    public Hooks open(ExtensionContext context) {
        return new PlanActHooks(context, Mode.of(context.setting(MODE)));
    }
}
