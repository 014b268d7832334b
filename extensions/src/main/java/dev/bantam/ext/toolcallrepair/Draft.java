package dev.bantam.ext.toolcallrepair;

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

    Draft {
        leniencies = List.copyOf(leniencies);
    }
}
