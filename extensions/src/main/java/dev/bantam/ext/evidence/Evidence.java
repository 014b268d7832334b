package dev.bantam.ext.evidence;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Keeps facts with their sources for the model. */
public final class Evidence implements Extension {
    static final Setting<Integer> MAX_FACTS =
            Setting.whole("evidence.max-facts", 40, "Facts that a session may hold.", 1, 1_000);

    @Override
    public String name() {
        return "evidence";
    }

    @Override
    public String summary() {
        return "Lets the model keep facts with their sources, whole, through every compaction.";
    }

    /** Off: its three tools cost a small model some 200 tokens in every session, and few need them. */
    @Override
    public boolean onByDefault() {
        return false;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(MAX_FACTS);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new EvidenceHooks(context, new FactFile(context));
    }
}
