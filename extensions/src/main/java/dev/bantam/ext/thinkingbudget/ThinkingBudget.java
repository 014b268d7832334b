package dev.bantam.ext.thinkingbudget;

import dev.bantam.api.Capabilities;
import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Ends thoughts that run over their budget, for models that do not do so by themselves. */
public final class ThinkingBudget implements Extension {
    static final Setting<Integer> TOKENS = Setting.whole(
            "thinking-budget.tokens",
            4_096,
            "Tokens that a local server's model may think when no level was asked for.",
            64,
            1_000_000);
    static final Setting<Integer> KEPT = Setting.whole(
            "thinking-budget.kept-tokens",
            600,
            "Tokens of a thought that was ended that the model is told.",
            0,
            16_384);

    @Override
    public String name() {
        return "thinking-budget";
    }

    @Override
    public String summary() {
        return "Ends a thought that runs over its budget, and has the model act on it.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TOKENS, KEPT);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        Capabilities capabilities = context.model().capabilities();
        boolean closesItself = capabilities.exactTokens(); // a model in this process
        boolean understands = context.model().profile().guidance();
        return capabilities.thinking() && !closesItself && understands ? new BudgetHooks(context) : new Hooks() {};
    }
}
