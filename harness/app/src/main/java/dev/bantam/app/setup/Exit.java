package dev.bantam.app.setup;

import dev.bantam.api.Event;

/** The exit codes. */
public final class Exit {
    public static final int COMPLETED = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int STOPPED = 3;
    public static final int INTERRUPTED = 130;

    private Exit() {}

    public static int of(Event.Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> COMPLETED;
            case FAILED -> FAILED;
            case STOPPED -> STOPPED;
            case CANCELLED -> INTERRUPTED;
        };
    }
}
