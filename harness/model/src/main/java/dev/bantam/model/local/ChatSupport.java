package dev.bantam.model.local;

import dev.bantam.engine.Model;

/** Tells whether a model file can be chatted with. */
public final class ChatSupport {
    private ChatSupport() {}

    /** Whether the file's chat format is one that this version can render. */
    public static boolean of(Model model) {
        return ChatMl.fits(model.chatTemplate());
    }
}
