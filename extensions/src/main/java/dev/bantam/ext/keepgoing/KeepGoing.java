package dev.bantam.ext.keepgoing;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;

/** Takes up replies that announce an action and end. */
public final class KeepGoing implements Extension {
    @Override
    public String name() {
        return "keep-going";
    }

    @Override
    public String summary() {
        return "Takes up a reply that announces an action and ends without it.";
    }

    @Override
    public Hooks open(ExtensionContext context) {
        boolean understands = context.model().profile().guidance();
        return understands ? new KeepGoingHooks(context) : new Hooks() {};
    }
}
