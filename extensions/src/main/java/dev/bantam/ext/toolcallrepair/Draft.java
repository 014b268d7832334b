package dev.bantam.ext.toolcallrepair;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A call as the model wrote it, before anybody has looked at the tool's schema.
 *
 * @param source the text in which the arguments stand, and to which their offsets refer
 * @param leniencies what was not well-formed and was read all the same
 */
record Draft(String tool, Json.Members arguments, String source, List<String> leniencies) {
    Draft(String tool, Json.Members arguments, String source, Set<String> leniencies) {
        this(tool, arguments, source, List.copyOf(leniencies));
    }

    /** The same call with one more leniency. */
    Draft noting(String leniency) {
        List<String> more = new ArrayList<>(leniencies);
        more.add(leniency);
        return new Draft(tool, arguments, source, more);
    }

    Draft {
        leniencies = List.copyOf(leniencies);
    }
}
