package dev.bantam.model.local;

import dev.bantam.api.ChatModel;
import dev.bantam.api.ModelException;
import dev.bantam.engine.CacheMemoryException;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Sequence;
import dev.bantam.model.local.chat.ChatFormat;
import dev.bantam.model.local.chat.ChatFormats;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Opens model files as chat models. */
public final class LocalModels {
    /** A window that agents can work in and most machines can hold; {@code --context} gives another. */
    public static final int USUAL_CONTEXT = 32_768;

    private LocalModels() {}

    /**
     * Opens a file and takes memory for its context.
     *
     * @param ref how the user named it
     * @throws ModelException when the file cannot be used, or the wanted context does not fit
     */
    public static ChatModel open(String ref, Path file, LocalOptions options) throws ModelException {
        Model model;
        try {
            model = Engine.open(file, EngineOptions.defaults());
        } catch (ModelFileException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, e.getMessage(), e);
        }
        try {
            Profile profile = Profile.of(model);
            ChatFormat format = ChatFormats.of(model);
            return new EngineModel(model, sequence(model, options.context()), ref, profile, format, options);
        } catch (ModelException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static Sequence sequence(Model model, OptionalInt context) throws ModelException {
        int trained = model.facts().contextTokens();
        int wanted = Math.min(trained, context.orElse(USUAL_CONTEXT));
        try {
            return model.newSequence(wanted);
        } catch (CacheMemoryException tooLarge) {
            if (context.isPresent() || tooLarge.fittingTokens() < 1_024) {
                throw new ModelException(ModelException.Kind.UNUSABLE, tooLarge.getMessage(), tooLarge);
            }
            return smaller(model, tooLarge.fittingTokens());
        }
    }

    private static Sequence smaller(Model model, int tokens) throws ModelException {
        try {
            return model.newSequence(tokens);
        } catch (CacheMemoryException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, e.getMessage(), e);
        }
    }
}
