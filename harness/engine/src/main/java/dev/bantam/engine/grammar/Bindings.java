package dev.bantam.engine.grammar;

import java.util.Map;

/** Binds strings of a call to what is true while they are written, such as the paths that exist. */
public interface Bindings {
    /** Binds nothing. */
    Bindings NONE = (tool, argument, earlier) -> Bound.FREE;

    /**
     * What a string argument may be; asked when the model opens it.
     *
     * @param earlier the arguments of this call that are complete, as JSON values
     */
    Bound bound(String tool, String argument, Map<String, Object> earlier);
}
