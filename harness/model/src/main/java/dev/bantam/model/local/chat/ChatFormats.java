package dev.bantam.model.local.chat;

import dev.bantam.api.ModelException;
import dev.bantam.engine.Tokenizer;
import java.util.Optional;

/** Finds the format of a model file. */
public final class ChatFormats {
    private ChatFormats() {}

    /**
     * The format that the file's own template describes.
     *
     * @param template in Jinja, as the file has it
     * @param modelId whose traces are read as they are
     * @param thinks whether replies may begin with a block of thinking
     * @throws ModelException when the file has no template, or one that cannot be rendered
     */
    public static ChatFormat of(Optional<String> template, Tokenizer tokenizer, String modelId, boolean thinks)
            throws ModelException {
        if (template.isEmpty() || !template.get().contains("<|im_start|>")) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "the model file brings "
                            + (template.isPresent() ? "a chat format" : "no chat format")
                            + " that this version cannot render; it can render ChatML (the Qwen family)."
                            + " Serve it with llama.cpp and use -m llamacpp/");
        }
        return new ChatMl(tokenizer, modelId, thinks);
    }
}
