package dev.bantam.model.local.chat;

import dev.bantam.api.ModelException;
import dev.bantam.engine.Model;
import dev.bantam.engine.Tokenizer;
import dev.bantam.model.local.jinja.TemplateException;

/** Finds the format of a model file. */
public final class ChatFormats {
    private ChatFormats() {}

    /**
     * The format that the file's own template describes.
     *
     * @throws ModelException when the file has no template, or one that cannot be rendered
     */
    public static ChatFormat of(Model model) throws ModelException {
        if (model.chatTemplate().isEmpty()) {
            throw unusable("brings no chat template");
        }
        String template = model.chatTemplate().get();
        Tokenizer tokenizer = model.tokenizer();
        String id = model.facts().fingerprint();
        boolean thinks = template.contains("<think>");
        if (ChatMl.isWrittenFor(template) && ChatMl.fits(tokenizer)) {
            return new ChatMl(tokenizer, id, thinks);
        }
        try {
            return new TemplateFormat(template, tokenizer, id, mark(model, "bos"), mark(model, "eos"));
        } catch (TemplateException e) {
            if (template.contains("<|im_start|>") && ChatMl.fits(tokenizer)) {
                return new ChatMl(tokenizer, id, thinks);
            }
            throw unusable("brings a chat template that this version cannot render: " + e.getMessage());
        }
    }

    /** The text of a token that the file names. */
    private static String mark(Model model, String name) {
        return model.metadata().get("tokenizer.ggml." + name + "_token_id") instanceof Number token
                ? model.tokenizer().decode(new int[] {token.intValue()})
                : "";
    }

    private static ModelException unusable(String what) {
        return new ModelException(
                ModelException.Kind.UNUSABLE,
                "the model file " + what + ". Serve it with llama.cpp and use -m llamacpp/");
    }
}
