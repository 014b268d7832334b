package dev.bantam.ext.loopguard;

import java.util.List;

/**
 * A sign that the model goes round in circles.
 *
 * @param times how often
 * @param every so many turns later the same is a sign again
 * @param acts what was repeated, without doubles
 */
record Finding(Kind kind, int times, int every, List<Act> acts) {
    Finding {
        acts = List.copyOf(acts);
    }

    enum Kind {
        /** The same calls gave the same results, and no file was changed. */
        REPEATED,
        /** A tool that does not exist was called again. */
        UNKNOWN_TOOL,
        /** The same kind of failure, by other calls. */
        SAME_FAILURE,
        /** A command failed alike although files were changed in between. */
        STUCK,
        /** Nothing new was learned and nothing was changed. */
        NOTHING_NEW
    }

    /** For people, in a few words. */
    String reason() {
        String last = acts.getLast().shownCall();
        return switch (kind) {
            case REPEATED -> last + " gave the same result " + times + " times, and no file changed";
            case UNKNOWN_TOOL -> "there is no tool " + acts.getLast().call().tool() + "; called " + times + " times";
            case SAME_FAILURE -> acts.getLast().call().tool() + " failed in the same way " + times + " times";
            case STUCK -> last + " failed alike " + times + " times in spite of changes";
            case NOTHING_NEW -> times + " turns without anything new or changed";
        };
    }
}
