package dev.bantam.ext.rules;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Holds the model to a project's own rules. */
public final class Rules implements Extension {
    static final Setting<Integer> TOKENS = Setting.whole(
            "rules.tokens", 300, "Tokens that the rules may take when they are told to the model.", 0, 4_000);

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public String summary() {
        return "Checks the project's own rules on what changed, and tells the model.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TOKENS);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        List<Rule> rules = RuleFiles.of(context);
        boolean quiet = rules.isEmpty() || !context.model().profile().guidance();
        return quiet ? new Hooks() {} : new RulesHooks(context, rules);
    }
}
