package dev.bantam.ext.skillinject;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Gives the model the cards of the tools that matter now. */
public final class SkillInject implements Extension {
    static final Setting<Integer> TOKENS = Setting.whole(
            "skill-inject.tokens",
            300,
            "What the cards of one request may cost, in a window of 32,768 tokens.",
            0,
            10_000);

    @SuppressWarnings("rawtypes")
    static final Setting<List> REQUIRED =
            Setting.texts("skill-inject.required", "Tools whose cards are given from the start.");

    @Override
    public String name() {
        return "skill-inject";
    }

    @Override
    public String summary() {
        return "Gives the model the cards of the tools that matter now, and the protocol of its task.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TOKENS, REQUIRED);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        List<?> required = context.setting(REQUIRED);
        return new SkillInjectHooks(
                context, required.stream().map(String.class::cast).toList());
    }
}
