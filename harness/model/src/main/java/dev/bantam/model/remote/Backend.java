package dev.bantam.model.remote;

import dev.bantam.api.ModelException;
import java.util.OptionalInt;

/** Answers questions about the one model that is used, besides its replies. */
public interface Backend {
    Loaded loaded();

    /** The window of the model as it is loaded at this moment; empty when the server does not say. */
    OptionalInt windowNow() throws InterruptedException;

    /**
     * Whether a low count of prompt tokens can mean that the rest was cached, and not that it was cut.
     *
     * @param likely tokens that the request has by our estimate
     */
    default boolean mayHaveCached(long likely) throws InterruptedException, ModelException {
        return false;
    }
}
