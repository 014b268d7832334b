package dev.bantam.ext.shellsession;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;

/** Brings a shell that stays open between calls. */
public final class ShellSession implements Extension {
    private final Pace pace;

    public ShellSession() {
        this(Pace.USUAL);
    }

    ShellSession(Pace pace) {
        this.pace = pace;
    }

    @Override
    public String name() {
        return "shell-session";
    }

    @Override
    public String summary() {
        return "Brings a shell that keeps its folder and variables, with background jobs.";
    }

    @Override
    public boolean onByDefault() {
        return false;
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return new ShellHooks(context, pace);
    }
}
