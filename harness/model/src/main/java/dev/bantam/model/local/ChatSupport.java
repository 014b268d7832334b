package dev.bantam.model.local;

import dev.bantam.api.ModelException;
import dev.bantam.engine.Model;
import dev.bantam.model.local.chat.ChatFormats;

/** Tells whether a model file can be chatted with. */
public final class ChatSupport {
    private ChatSupport() {}

    /** Whether the file's chat format is one that this version can render. */
    public static boolean of(Model model) {
        try {
            ChatFormats.of(model);
            return true;
        } catch (ModelException unknown) {
            return false;
        }
    }
}
