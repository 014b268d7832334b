package dev.bantam.model.inspect;

import dev.bantam.api.ModelException;
import dev.bantam.engine.CacheType;
import dev.bantam.engine.Engine;
import dev.bantam.engine.EngineOptions;
import dev.bantam.engine.Model;
import dev.bantam.engine.ModelFileException;
import dev.bantam.engine.Precision;
import java.nio.file.Path;

/** Opens models to look at them, also those that are larger than this machine's memory. */
public final class Opened {
    private Opened() {}

    /** As a chat would compute. */
    public static Model fast(Path file, int threads) throws ModelException {
        return open(file, EngineOptions.defaults().withThreads(threads));
    }

    /**
     * As the reference figures are computed: with activations, keys and values of 32-bit floats.
     */
    public static Model exact(Path file) throws ModelException {
        return open(
                file, EngineOptions.defaults().withPrecision(Precision.EXACT).withCacheType(CacheType.F32));
    }

    private static Model open(Path file, EngineOptions options) throws ModelException {
        try {
            return Engine.open(file, options.withWeightsFromDisk(true));
        } catch (ModelFileException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, e.getMessage(), e);
        }
    }
}
