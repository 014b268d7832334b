package dev.bantam.api;

import java.io.IOException;
import java.util.List;

/**
 * Something that the model may do. A tool has no state of its own that outlives a session.
 *
 * <p>What the model must read is a value: a tool answers {@link ToolResult.Refused} or {@link ToolResult.Failed} with a
 * text that says what happened, where, and what to do next. Exceptions are for what it did not foresee; the dispatcher
 * makes a failure of them.
 */
public interface Tool {
    ToolSpec spec();

    /** Whether it changes nothing. Read-only calls of one reply may run at the same time. */
    boolean readOnly();

    /**
     * Runs one call on a thread of the session. Interruption means that the user cancelled it.
     *
     * @param arguments checked against {@link #spec()}: known names, required ones present, right types
     */
    ToolResult run(Arguments arguments, ToolContext context) throws IOException, InterruptedException;

    /**
     * What a string of a call may be, given the workspace as it is now. A model that samples under a mask makes
     * anything else impossible; others ignore it. Called anew for every request, and cheap: the work belongs into the
     * suppliers.
     */
    default List<LiveConstraint> constraints(ToolContext context) {
        return List.of();
    }
}
