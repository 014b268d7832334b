package dev.bantam.ext.writeguard;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;

/** Keeps existing files from being written over. */
public final class WriteGuard implements Extension {
    @Override
    public String name() {
        return "write-guard";
    }

    @Override
    public String summary() {
        return "Refuses to write over an existing file, and shows the edit call to make instead.";
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new WriteGuardHooks(context);
    }
}
