package dev.bantam.model.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to run a model in this process.
 *
 * @param context wanted tokens; empty takes the usual window, or what fits
 * @param mask whether calls are held to the tools' schemas while they are sampled
 * @param liveConstraints whether strings of calls are held to the workspace as it is; needs the mask
 * @param lookup whether text that is copied from the context is drafted from there
 * @param prefixes where what was read of system prompts is kept for the next start; empty keeps nothing
 */
public record LocalOptions(
        OptionalInt context, boolean mask, boolean liveConstraints, boolean lookup, Optional<Path> prefixes) {
    /** Everything on, nothing kept. */
    public static LocalOptions usual() {
        return new LocalOptions(OptionalInt.empty(), true, true, true, Optional.empty());
    }

    public LocalOptions withContext(OptionalInt tokens) {
        return new LocalOptions(tokens, mask, liveConstraints, lookup, prefixes);
    }

    public LocalOptions withMask(boolean wanted) {
        return new LocalOptions(context, wanted, liveConstraints, lookup, prefixes);
    }

    public LocalOptions withLiveConstraints(boolean wanted) {
        return new LocalOptions(context, mask, wanted, lookup, prefixes);
    }

    public LocalOptions withLookup(boolean wanted) {
        return new LocalOptions(context, mask, liveConstraints, wanted, prefixes);
    }

    public LocalOptions withPrefixes(Optional<Path> folder) {
        return new LocalOptions(context, mask, liveConstraints, lookup, folder);
    }
}
