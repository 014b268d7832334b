package dev.bantam.ext.readbeforeedit;

import dev.bantam.api.Extension;
import dev.bantam.api.ExtensionContext;
import dev.bantam.api.Hooks;

/** Keeps files from being edited unread. */
public final class ReadBeforeEdit implements Extension {
    @Override
    public String name() {
        return "read-before-edit";
    }

    @Override
    public String summary() {
        return "Refuses an edit of a file that was not read, or that changed since.";
    }

    @Override
    public Hooks open(ExtensionContext context) {
        return context.model().profile().guidance() ? new ReadBeforeEditHooks(context) : new Hooks() {};
    }
}
