package dev.bantam.ext.knowledgeinject;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Gives the model the knowledge that its task and its errors ask for. */
public final class KnowledgeInject implements Extension {
    static final Setting<Integer> TOKENS = Setting.whole(
            "knowledge-inject.tokens",
            200,
            "What the cards for a task may cost; the same again for its errors.",
            0,
            10_000);
    static final Setting<Integer> ENTRY_TOKENS = Setting.whole(
            "knowledge-inject.entry-tokens", 150, "What one card may cost; a longer one is given in part.", 1, 10_000);
    static final Setting<Double> THRESHOLD = Setting.real(
            "knowledge-inject.threshold",
            2.0,
            "The score from which a card is given: a word is 1, an expression 2.",
            0.5,
            100);

    @Override
    public String name() {
        return "knowledge-inject";
    }

    @Override
    public String summary() {
        return "Gives the model short cards of general knowledge that fit its task or its errors.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(TOKENS, ENTRY_TOKENS, THRESHOLD);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new KnowledgeInjectHooks(context);
    }
}
