package dev.bantam.ext.memorybank;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;
import dev.bantam.api.Setting;
import java.util.List;

/** Keeps what a session did for the next one. */
public final class MemoryBank implements Extension {
    static final Setting<Boolean> ON =
            Setting.flag("memory-bank.on", false, "Keep what sessions did in .bantam/memory/ of every project.");
    static final Setting<Integer> TOKENS =
            Setting.whole("memory-bank.tokens", 600, "What a new session is given of it at most.", 50, 20_000);

    @Override
    public String name() {
        return "memory-bank";
    }

    @Override
    public String summary() {
        return "Keeps what a session did in .bantam/memory/ and gives it to the next; off until /memory on.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ON, TOKENS);
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new MemoryHooks(context);
    }
}
