package dev.bantam.model.inspect;

import dev.bantam.api.ModelException;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import java.nio.file.Path;

/** Opens models to look at them. */
public final class Opened {
    private Opened() {}

    /** As a chat would compute. */
    public static Model fast(Path file, int threads) throws ModelException {
        return open(file, EngineOptions.defaults().withThreads(threads));
    }

    /**
     * As the reference figures are computed: with float activations and keys and values of 32 bits. This engine has
     * nothing else yet, so this is how a chat computes too.
     */
    public static Model exact(Path file) throws ModelException {
        return open(file, EngineOptions.defaults());
    }

    private static Model open(Path file, EngineOptions options) throws ModelException {
        try {
            return Engine.open(file, options);
        } catch (ModelFileException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, e.getMessage(), e);
        }
    }
}
